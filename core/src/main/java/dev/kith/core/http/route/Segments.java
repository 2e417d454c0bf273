package dev.kith.core.http.route;

import dev.kith.core.input.Percent;
import java.util.ArrayList;
import java.util.List;

/** The segments of a path. */
public final class Segments {

    /** The most segments of a path. */
    static final int SEGMENTS_MAX = 64;

    private Segments() {}

    /**
     * Takes a path apart and decodes it. One with too many segments, or with {@code .} and {@code
     * ..}, comes out empty, and so is found nowhere.
     *
     * @throws dev.kith.api.Problem {@code invalidInput} if it is not well formed
     */
    public static List<String> of(String path) {
        var segments = new ArrayList<String>(8);
        var from = 1;
        while (from <= path.length()) {
            var slash = path.indexOf('/', from);
            var to = slash < 0 ? path.length() : slash;
            var segment = Percent.decode(path.substring(from, to), false, "path");
            if (segment.equals(".") || segment.equals("..") || segments.size() == SEGMENTS_MAX) {
                return List.of("");
            }
            segments.add(segment);
            from = to + 1;
        }
        return segments;
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    /** The names of a template's variables, in order. */
    static List<String> variables(String template) {
        var names = new ArrayList<String>();
        for (var segment : template.split("/", -1)) {
            if (isVariable(segment)) {
                names.add(segment.substring(1, segment.length() - 1));
            } else if (segment.equals(RouteTable.REST)) {
                names.add(RouteTable.REST);
            }
        }
        return List.copyOf(names);
    }

    /** Whether none of them hides a separator, which a reader of files might take for one. */
    static boolean areSafe(List<String> segments) {
        return segments.stream().noneMatch(s -> s.contains("/") || s.contains("\\"));
    }
}
