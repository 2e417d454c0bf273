package dev.kith.messages;

/** Why a message waits, was not sent, or could not be. */
public enum Reason {
    /** The customer has not consented to the purpose. */
    NO_CONSENT,
    /** The customer cannot be reached in any way that is set up. */
    NO_ADDRESS,
    /** The customer has had as many messages as one may get in the time. */
    TOO_MANY,
    /** The customer has followed a link to get no more of these. */
    UNSUBSCRIBED,
    /** It could not be sent in time. */
    EXPIRED,
    /** There is no such template. */
    UNKNOWN_TEMPLATE,
    /** The template names something that was not given. */
    MISSING_DATA,
    /** The other side said that it will never take it. */
    REFUSED,
    /** It is night where the customer lives. */
    QUIET_HOURS,
    /** The other side was away, too slow, or asked to try again later. */
    UNREACHABLE;

    String text() {
        var words = name().split("_", -1);
        var text = new StringBuilder(words[0].toLowerCase(java.util.Locale.ROOT));
        for (var i = 1; i < words.length; i++) {
            text.append(words[i].charAt(0))
                    .append(words[i].substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }

    static Reason of(String text) {
        for (var reason : values()) {
            if (reason.text().equals(text)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("no reason " + text);
    }
}
