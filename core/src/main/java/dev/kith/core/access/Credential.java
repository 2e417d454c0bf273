package dev.kith.core.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows of itself: the SHA-256 of a key or of a session's cookie. The text itself is
 * never kept. 256 random bits need no slow hash.
 */
public record Credential(Kind kind, long a, long b, long c, long d) {

    /** What every API key begins with, so that leaked ones are found by scanners. */
    public static final String KEY_PREFIX = "kith_";

    /** The console's cookie. */
    public static final String COOKIE = "kith_session";

    /** The longest text that is looked at. */
    static final int LENGTH_MAX = 512;

    private static final String BEARER = "bearer ";
    private static final int RANDOM_BYTES = 32;

    public enum Kind {
        KEY,
        SESSION
    }

    static Credential of(Kind kind, String text) {
        var hash = ByteBuffer.wrap(sha256(text));
        return new Credential(kind, hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    /** By {@code Authorization: Bearer …}, or null if that is not what the header says. */
    public static @Nullable Credential ofAuthorization(String header) {
        if (header.length() > LENGTH_MAX
                || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return of(Kind.KEY, header.substring(BEARER.length()).strip());
    }

    /** By the session's cookie. */
    public static Credential ofSession(String token) {
        return of(Kind.SESSION, token.substring(0, Math.min(token.length(), LENGTH_MAX)));
    }

    byte[] hash() {
        return ByteBuffer.allocate(RANDOM_BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    /** A new secret of 256 random bits. */
    static String random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
