package dev.kith.core.input;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import java.util.List;

/** Says where in a document something is. */
public final class JsonPlace {

    /** The longest text of the caller's that is repeated to them. */
    static final int ECHO_MAX = 100;

    private JsonPlace() {}

    /** The path as a JSON Pointer (RFC 6901). */
    public static String pointer(List<Reference> path) {
        var pointer = new StringBuilder();
        for (var step : path) {
            pointer.append('/');
            if (step.getFieldName() == null) {
                pointer.append(step.getIndex());
            } else {
                pointer.append(step.getFieldName().replace("~", "~0").replace("/", "~1"));
            }
        }
        return printable(pointer.toString());
    }

    static String line(JsonLocation location) {
        return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /** What may be echoed: cut, and without what is not text. */
    public static String printable(String text) {
        var clean = new StringBuilder();
        text.codePoints()
                .limit(ECHO_MAX)
                .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
