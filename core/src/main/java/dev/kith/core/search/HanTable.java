package dev.kith.core.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How Han characters are read and which simplified one stands for a traditional one. Read from three
 * small files at the first search or the first customer, never at start.
 *
 * <p>Our own table, because the libraries at hand know no characters beyond the basic plane, take
 * 400 ms to load and a microsecond per character.
 */
final class HanTable {

    private static final int FIRST = 0x3000;
    private static final int LAST = 0x323AF;

    private final List<List<String>> readings = new ArrayList<>(List.of(List.of()));
    private final short[] readingsOf = new short[LAST - FIRST + 1];
    private final int[] traditional;
    private final int[] simplified;
    private final Map<String, List<String>> surnames = new HashMap<>();

    private HanTable() {
        lines("pinyin.txt").forEach(this::addReadings);
        lines("surnames.txt").forEach(this::addSurname);
        var pairs = String.join("", lines("simplified.txt").toList()).codePoints().toArray();
        traditional = new int[pairs.length / 2];
        simplified = new int[pairs.length / 2];
        for (var i = 0; i < traditional.length; i++) {
            traditional[i] = pairs[2 * i];
            simplified[i] = pairs[2 * i + 1];
        }
    }

    static HanTable get() {
        return Loaded.TABLE;
    }

    static boolean isHan(int codePoint) {
        if (codePoint >= 0x4E00 && codePoint <= 0x9FFF) {
            return true;
        }
        return codePoint > 0x2E7F
                && Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    int simplify(int codePoint) {
        var at = Arrays.binarySearch(traditional, codePoint);
        return at < 0 ? codePoint : simplified[at];
    }

    /** Readings without tones, the usual one first, ü written v; none for an unknown character. */
    List<String> readings(int codePoint) {
        var known = codePoint >= FIRST && codePoint <= LAST;
        return known ? readings.get(readingsOf[codePoint - FIRST]) : List.of();
    }

    /**
     * How a surname is read where that differs from its characters: one reading per character of a
     * compound surname, all readings of a single one; empty if there is nothing special.
     */
    List<String> surname(String characters) {
        return surnames.getOrDefault(characters, List.of());
    }

    private void addReadings(String line) {
        var tab = line.indexOf('\t');
        readings.add(List.of(line.substring(0, tab).split(" ", -1)));
        var index = (short) (readings.size() - 1);
        line.substring(tab + 1).codePoints().forEach(c -> readingsOf[c - FIRST] = index);
    }

    private void addSurname(String line) {
        var words = List.of(line.split(" ", -1));
        surnames.put(words.getFirst(), words.subList(1, words.size()));
    }

    private static Stream<String> lines(String file) {
        return text(file).lines().filter(line -> !line.startsWith("#"));
    }

    private static String text(String file) {
        try (InputStream in = HanTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the server's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loaded when first touched; a constant ever after. */
    private static final class Loaded {
        static final HanTable TABLE = new HanTable();
    }
}
