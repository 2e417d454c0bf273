package dev.kith.core.consents;

import dev.kith.api.StandardError;
import org.jspecify.annotations.Nullable;

/**
 * What a consent is about. In a path it stands as {@code marketing} or {@code marketing:email}.
 *
 * @param purpose such as {@code marketing} or {@code location.precise}
 * @param channel such as {@code email}; none stands for all of them
 */
record ConsentKey(String purpose, @Nullable String channel) {

    static final int PURPOSE_MAX = 60;
    static final int CHANNEL_MAX = 30;
    static final String PURPOSE = "[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*";
    static final String CHANNEL = "[a-z][A-Za-z0-9]*";

    static ConsentKey of(String path) {
        var colon = path.indexOf(':');
        var purpose = colon < 0 ? path : path.substring(0, colon);
        var channel = colon < 0 ? null : path.substring(colon + 1);
        if (!fits(purpose, PURPOSE, PURPOSE_MAX)
                || (channel != null && !fits(channel, CHANNEL, CHANNEL_MAX))) {
            throw StandardError.NOT_FOUND.because("there is no such consent");
        }
        return new ConsentKey(purpose, channel);
    }

    private static boolean fits(String text, String pattern, int max) {
        return text.length() <= max && text.matches(pattern);
    }

    /** Whether it is one channel of what the other says of all. */
    boolean isBelow(ConsentKey other) {
        return channel != null && other.channel == null && purpose.equals(other.purpose);
    }

    /** How tables say it: no channel is the empty one, so that it can be part of a key. */
    String channelOrAll() {
        return channel == null ? "" : channel;
    }

    String path() {
        return channel == null ? purpose : purpose + ":" + channel;
    }
}
