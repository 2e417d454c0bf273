package dev.kith.core.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Spells runs of Han characters as people type them: without tones, ü as v, u or yu. */
final class Pinyin {

    /** The readings of one character that count, beside those it has as a surname. */
    static final int READINGS_MAX = 2;

    /** The spellings of one run that count, the most usual first. */
    static final int SPELLINGS_MAX = 8;

    /** The letters of a spelling that count. */
    static final int LETTERS_MAX = 24;

    /** {@code zhangwei} and {@code zw}. */
    record Spelling(String letters, String initials) {

        private Spelling after(String syllable) {
            return new Spelling(cut(syllable + letters), cut(syllable.substring(0, 1) + initials));
        }

        private static String cut(String text) {
            return text.length() <= LETTERS_MAX ? text : text.substring(0, LETTERS_MAX);
        }
    }

    private static final List<Spelling> END = List.of(new Spelling("", ""));

    private final HanTable table;

    Pinyin(HanTable table) {
        this.table = table;
    }

    /**
     * The spellings that begin at each character of the run: of {@code 张伟明} those of the whole,
     * of {@code 伟明} and of {@code 明}. A character without a reading is left out.
     *
     * @param surnameFirst whether the run begins with a surname, which may be read in its own way
     */
    List<List<Spelling>> spellings(int[] run, boolean surnameFirst) {
        var starts = new ArrayList<List<Spelling>>();
        var rest = END;
        for (var i = run.length - 1; i >= 0; i--) {
            var readings = readings(run, i, surnameFirst);
            if (!readings.isEmpty()) {
                rest = prepend(readings, rest);
                starts.add(rest);
            }
        }
        return starts.reversed();
    }

    private static List<Spelling> prepend(Iterable<String> readings, List<Spelling> rest) {
        var spellings = new LinkedHashSet<Spelling>();
        for (var tail : rest) {
            for (var reading : readings) {
                if (spellings.size() < SPELLINGS_MAX) {
                    spellings.add(tail.after(reading));
                }
            }
        }
        return List.copyOf(spellings);
    }

    private List<String> readings(int[] run, int i, boolean surnameFirst) {
        var ordinary = table.readings(run[i]);
        var few = ordinary.subList(0, Math.min(ordinary.size(), READINGS_MAX));
        var special = surnameFirst && i < 2 ? surnameReadings(run, i) : List.<String>of();
        if (special.isEmpty() && few.stream().noneMatch(r -> r.indexOf('v') > 0)) {
            return few;
        }
        var all = new LinkedHashSet<String>();
        special.forEach(reading -> addAsTyped(all, reading));
        few.forEach(reading -> addAsTyped(all, reading));
        return List.copyOf(all);
    }

    private List<String> surnameReadings(int[] run, int i) {
        var compound = run.length < 2 ? List.<String>of() : table.surname(new String(run, 0, 2));
        if (i == 1) {
            return compound.isEmpty() ? compound : List.of(compound.get(1));
        }
        var single = table.surname(new String(run, 0, 1));
        if (compound.isEmpty()) {
            return single;
        }
        var both = new ArrayList<>(List.of(compound.getFirst()));
        both.addAll(single);
        return both;
    }

    // Passports write lyu, keyboards lv, and those who drop the dots lu.
    private static void addAsTyped(Set<String> all, String reading) {
        all.add(reading);
        if (reading.indexOf('v') > 0) {
            all.add(reading.replace("v", "u"));
            all.add(reading.replace("v", "yu"));
        }
    }
}
