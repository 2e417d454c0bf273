package dev.kith.core.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …?": the known name that is the fewest typing mistakes away. */
public final class Nearest {

    // More than a third of the letters wrong is another word, not a typing mistake.
    private static final int MISTAKES_PER_LETTERS = 3;

    private Nearest() {}

    /** The nearest name, if one is near enough to be meant. */
    public static Optional<String> find(String name, Collection<String> known) {
        String nearest = null;
        var fewest = Integer.MAX_VALUE;
        for (var candidate : known) {
            var mistakes =
                    mistakes(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (mistakes < fewest) {
                fewest = mistakes;
                nearest = candidate;
            }
        }
        return fewest <= Math.max(1, name.length() / MISTAKES_PER_LETTERS)
                ? Optional.ofNullable(nearest)
                : Optional.empty();
    }

    /** The rest of an error message: {@code ; did you mean http.port?}, or nothing. */
    public static String hint(String name, Collection<String> known) {
        return find(name, known).map(nearest -> "; did you mean " + nearest + "?").orElse("");
    }

    // Optimal string alignment: a letter too many, too few, another one, or two swapped.
    private static int mistakes(String a, String b) {
        var distance = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var best =
                Math.min(
                        distance[i - 1][j - 1] + (same ? 0 : 1),
                        Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        var swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
