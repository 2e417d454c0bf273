package dev.kith.referrals;

import java.util.Locale;
import java.util.Set;

/** What codes look like, and how what people type becomes one. */
final class CodeText {

    static final int CHOSEN_MIN = 4;
    static final int CHOSEN_MAX = 24;

    /** What may be chosen: with a letter in it, for digits alone are somebody's telephone number. */
    static final String CHOSEN = "(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*";

    /** The longest text that is looked up. */
    static final int TYPED_MAX = 200;

    // No two that look alike, in case it is read out or copied from paper.
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int GIVEN_LENGTH = 10;

    // Bytes above are left out, or the first letters would come more often than the last.
    private static final int EVEN = 256 / ALPHABET.length() * ALPHABET.length();

    private static final Set<String> RESERVED =
            Set.of(
                    "ADMIN",
                    "ANONYMOUS",
                    "CODE",
                    "CODES",
                    "COUPON",
                    "FREE",
                    "KITH",
                    "NONE",
                    "NULL",
                    "STAFF",
                    "SUPPORT",
                    "SYSTEM",
                    "TEST",
                    "UNDEFINED");

    private CodeText() {}

    /** Small letters, hyphens and blanks make no difference. */
    static String canonical(String typed) {
        return typed.replaceAll("[-\\s]", "").toUpperCase(Locale.ROOT);
    }

    static boolean isReserved(String canonical) {
        return RESERVED.contains(canonical);
    }

    /** A code nobody can guess, out of 32 random bytes: 31^10 are 8·10^14 of them. */
    static String of(byte[] random) {
        var code = new StringBuilder(GIVEN_LENGTH);
        for (var i = 0; i < random.length && code.length() < GIVEN_LENGTH; i++) {
            var value = Byte.toUnsignedInt(random[i]);
            if (value < EVEN) {
                code.append(ALPHABET.charAt(value % ALPHABET.length()));
            }
        }
        return code.toString();
    }
}
