package dev.kith.core.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Refuses what cannot be stored as it is: bytes that are not UTF-8, the character NUL, halves of
 * surrogate pairs, and numbers that are short only because of their exponent. Jackson takes them
 * all; PostgreSQL does not, or not unchanged, and writes out a number's zeros.
 */
final class JsonText {

    private JsonText() {}

    /**
     * @throws Problem {@code invalidJson}, naming the place where it can
     */
    static void check(byte[] json, ObjectMapper mapper) {
        var ascii = true;
        var escaped = false;
        var exponent = false;
        for (var i = 0; i < json.length; i++) {
            var b = json[i];
            if (b == 0) {
                throw refused("contains the byte NUL");
            }
            ascii &= b > 0;
            escaped |= b == '\\' && i + 1 < json.length && json[i + 1] == 'u';
            exponent |= (b == 'e' || b == 'E') && i > 0 && json[i - 1] >= '0' && json[i - 1] <= '9';
        }
        if (!ascii) {
            checkUtf8(json);
        }
        if (escaped || exponent) {
            checkTokens(json, mapper);
        }
    }

    private static void checkUtf8(byte[] json) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw refused("contains bytes that are not UTF-8");
        }
    }

    /** Looks at every string and number; a document that is not JSON is left to the decoder to refuse. */
    private static void checkTokens(byte[] json, ObjectMapper mapper) {
        try (var parser = mapper.getFactory().createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    checkString(parser);
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
                    checkNumber(parser);
                }
            }
        } catch (IOException e) {
            return;
        }
    }

    private static void checkString(JsonParser parser) throws IOException {
        var text = parser.getText();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                throw badCharacter(parser, "the character NUL");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(++i))) {
                    throw badCharacter(parser, "half of a surrogate pair");
                }
            }
        }
    }

    private static void checkNumber(JsonParser parser) throws IOException {
        if (digits(parser.getText()) > Json.NUMBER_MAX) {
            throw refused("contains a number of more than %d digits".formatted(Json.NUMBER_MAX))
                    .at(
                            JsonPlace.printable(
                                    parser.getParsingContext().pathAsPointer().toString()),
                            "digits",
                            "at most %d digits, written out".formatted(Json.NUMBER_MAX));
        }
    }

    /** How many it has without an exponent. */
    private static long digits(String number) {
        try {
            var value = new BigDecimal(number);
            long scale = value.scale();
            return Math.max(value.precision() - scale, 1) + Math.max(scale, 0);
        } catch (NumberFormatException hugeExponent) {
            return Long.MAX_VALUE;
        }
    }

    private static Problem badCharacter(JsonParser parser, String what) {
        var pointer = parser.getParsingContext().pathAsPointer().toString();
        // The name of a member may be what is wrong; then it must not be repeated.
        return refused("contains " + what)
                .at(JsonPlace.printable(pointer), "character", "contains " + what);
    }

    private static Problem refused(String why) {
        return StandardError.INVALID_JSON.because("the body " + why);
    }
}
