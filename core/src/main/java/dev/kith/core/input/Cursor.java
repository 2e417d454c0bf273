package dev.kith.core.input;

import dev.kith.api.StandardError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The opaque {@code after} of a list. It carries a check sum over the list and its sort, so that a
 * cursor is not taken where it does not belong.
 */
public final class Cursor {

    private static final int SUM_BYTES = 4;

    private Cursor() {}

    public static String encode(String list, String sort, String key) {
        var text = key.getBytes(StandardCharsets.UTF_8);
        var bytes = Arrays.copyOf(sum(list, sort, text), SUM_BYTES + text.length);
        System.arraycopy(text, 0, bytes, SUM_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * @throws dev.kith.api.Problem {@code invalidInput}
     */
    static String decode(String list, String sort, String cursor) {
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            if (bytes.length >= SUM_BYTES) {
                var text = Arrays.copyOfRange(bytes, SUM_BYTES, bytes.length);
                if (Arrays.equals(sum(list, sort, text), Arrays.copyOf(bytes, SUM_BYTES))) {
                    return new String(text, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        throw refused();
    }

    private static RuntimeException refused() {
        return StandardError.INVALID_INPUT
                .because("the cursor is not one of this list and sort")
                .at("after", "cursor", "take it from next, with the same sort");
    }

    private static byte[] sum(String list, String sort, byte[] key) {
        var crc = new CRC32();
        crc.update(list.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(sort.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(key);
        var value = (int) crc.getValue();
        return new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    }
}
