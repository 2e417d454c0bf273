package dev.kith.core.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts folded text into words. Han characters form words of their own; other letters and digits form
 * words whose parts may be joined by a hyphen, an apostrophe or the like.
 */
final class Words {

    /**
     * @param han whether it consists of Han characters, in which case it has one part
     * @param parts {@code [o, brien]} of {@code o'brien}
     * @param apostrophe whether an apostrophe stands between the parts
     */
    record Word(boolean han, List<String> parts, boolean apostrophe) {

        String joined() {
            return parts.size() == 1 ? parts.getFirst() : String.join("", parts);
        }

        boolean hasDigit() {
            return parts.stream().anyMatch(part -> part.chars().anyMatch(Character::isDigit));
        }
    }

    private static final String APOSTROPHES = "'’‘ʼ`´";
    private static final String JOINERS = "-‐‑–._&/+" + APOSTROPHES;

    private final List<Word> words = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private boolean han;
    private boolean apostrophe;

    private Words() {}

    static List<Word> of(String folded) {
        var words = new Words();
        for (var i = 0; i < folded.length(); ) {
            var c = folded.codePointAt(i);
            words.take(c);
            i += Character.charCount(c);
        }
        words.endWord();
        return words.words;
    }

    private void take(int c) {
        if (Character.isLetterOrDigit(c) || isMark(c)) {
            var isHan = HanTable.isHan(c);
            if (isHan != han) {
                endWord();
                han = isHan;
            }
            part.appendCodePoint(c);
        } else if (!han && JOINERS.indexOf(c) >= 0) {
            endPart();
            apostrophe |= APOSTROPHES.indexOf(c) >= 0 && !parts.isEmpty();
        } else {
            endWord();
        }
    }

    private boolean isMark(int c) {
        var type = Character.getType(c);
        return !part.isEmpty()
                && (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK);
    }

    private void endPart() {
        if (!part.isEmpty()) {
            parts.add(part.toString());
            part.setLength(0);
        }
    }

    private void endWord() {
        endPart();
        if (!parts.isEmpty()) {
            words.add(new Word(han, List.copyOf(parts), apostrophe && parts.size() > 1));
        }
        parts.clear();
        apostrophe = false;
    }
}
