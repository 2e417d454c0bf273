package dev.kith.core.input;

import dev.kith.api.StandardError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding that refuses what is not plain UTF-8 text. */
public final class Percent {

    private static final int PRINTABLE_MIN = 0x20;
    private static final int DELETE = 0x7f;

    private Percent() {}

    /**
     * @param part a path segment, or one side of a query parameter
     * @param where what to call it when it is refused
     * @throws dev.kith.api.Problem {@code invalidInput}
     */
    public static String decode(String part, boolean plusIsSpace, String where) {
        var plain = true;
        for (var i = 0; i < part.length() && plain; i++) {
            var c = part.charAt(i);
            plain = c > PRINTABLE_MIN && c < DELETE && c != '%' && (c != '+' || !plusIsSpace);
        }
        return plain ? part : slowly(part, plusIsSpace, where);
    }

    private static String slowly(String part, boolean plusIsSpace, String where) {
        var bytes = ByteBuffer.allocate(part.length());
        for (var i = 0; i < part.length(); i++) {
            var c = part.charAt(i);
            if (c == '%') {
                bytes.put(octet(part, i, where));
                i += 2;
            } else if (c <= PRINTABLE_MIN || c >= DELETE) {
                throw refused(where, "a character that must be percent-encoded");
            } else {
                bytes.put((byte) (c == '+' && plusIsSpace ? ' ' : c));
            }
        }
        return text(bytes.flip(), where);
    }

    private static byte octet(String part, int at, String where) {
        if (at + 2 >= part.length()) {
            throw refused(where, "a percent sign without two hexadecimal digits");
        }
        var high = Character.digit(part.charAt(at + 1), 16);
        var low = Character.digit(part.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            throw refused(where, "a percent sign without two hexadecimal digits");
        }
        return (byte) (high << 4 | low);
    }

    private static String text(ByteBuffer bytes, String where) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.indexOf('\0') >= 0) {
                throw refused(where, "the character NUL");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw refused(where, "bytes that are not UTF-8");
        }
    }

    private static RuntimeException refused(String where, String what) {
        return StandardError.INVALID_INPUT
                .because("the URL is not well formed")
                .at(where, "encoding", "contains " + what);
    }
}
