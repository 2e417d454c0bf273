package dev.kith.core.contact;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * E-mail addresses: trimmed, the domain in lower case and as ASCII (IDNA), because that is what mail
 * is sent to; the part before the @ as it was written. Two addresses are the same if they differ in
 * case only. Quoted local parts and address literals, legal and unused, are refused.
 */
public final class Emails {

    /** RFC 5321 4.5.3.1: a path has 256 octets, two of them brackets. */
    public static final int LENGTH_MAX = 254;

    /** RFC 5321 4.5.3.1.1, in octets. */
    static final int LOCAL_MAX = 64;

    /** RFC 1035 2.3.4, in octets. */
    static final int DOMAIN_MAX = 253;

    public sealed interface Result permits Address, Refusal {}

    /**
     * @param text as it is shown and written to
     */
    public record Address(String text) implements Result {

        /** The form in which two addresses are compared. */
        public String comparable() {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    public enum Refusal implements Result {
        /** Not of the form {@code somebody@example.com}. */
        NOT_AN_ADDRESS,
        TOO_LONG,
        BAD_DOMAIN
    }

    private static final String ATOM_SYMBOLS = "!#$%&'*+/=?^_`{|}~-";

    private Emails() {}

    public static Result normalise(String text) {
        var trimmed = text.strip();
        if (trimmed.length() > LENGTH_MAX) {
            return Refusal.TOO_LONG;
        }
        var at = trimmed.lastIndexOf('@');
        if (at < 1 || at == trimmed.length() - 1 || !isLocal(trimmed.substring(0, at))) {
            return Refusal.NOT_AN_ADDRESS;
        }
        var local = trimmed.substring(0, at);
        if (octets(local) > LOCAL_MAX) {
            return Refusal.TOO_LONG;
        }
        var domain = domain(trimmed.substring(at + 1));
        return domain.isEmpty() ? Refusal.BAD_DOMAIN : checked(local + "@" + domain);
    }

    private static Result checked(String address) {
        return octets(address) > LENGTH_MAX ? Refusal.TOO_LONG : new Address(address);
    }

    private static boolean isLocal(String local) {
        if (local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return false;
        }
        return local.codePoints()
                .allMatch(c ->
                        c == '.'
                                || Character.isLetterOrDigit(c)
                                || ATOM_SYMBOLS.indexOf(c) >= 0
                                || isMark(c));
    }

    private static boolean isMark(int c) {
        var type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static String domain(String text) {
        String ascii;
        try {
            ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
        var labels = ascii.split("\\.", -1);
        var good = ascii.length() <= DOMAIN_MAX && labels.length >= 2;
        for (var label : labels) {
            good &= !label.isEmpty();
        }
        return good && !isNumber(labels[labels.length - 1]) ? ascii : "";
    }

    private static boolean isNumber(String label) {
        return label.chars().allMatch(Character::isDigit);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
