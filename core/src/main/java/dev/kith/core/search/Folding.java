package dev.kith.core.search;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The one form in which search compares text: NFKC, lower case, Latin and Greek without marks,
 * katakana as hiragana, traditional characters as simplified ones. Writing and asking fold alike.
 */
final class Folding {

    private Folding() {}

    static String fold(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (isAscii(plain)) {
            return plain;
        }
        var folded = new StringBuilder(plain.length());
        for (var i = 0; i < plain.length(); ) {
            var c = plain.codePointAt(i);
            append(folded, c);
            i += Character.charCount(c);
        }
        return folded.toString();
    }

    private static void append(StringBuilder out, int c) {
        if (c < 0x80) {
            out.append((char) c);
        } else if (HanTable.isHan(c)) {
            out.appendCodePoint(HanTable.get().simplify(c));
        } else if (c < 0x400 || (c >= 0x1E00 && c < 0x2000)) {
            appendEuropean(out, c);
        } else if (c >= 0x30A1 && c <= 0x30F6) {
            out.append((char) (c - 0x60));
        } else if (c == 'ё') {
            out.append('е');
        } else if (!isVowelPoint(c)) {
            out.appendCodePoint(c);
        }
    }

    private static void appendEuropean(StringBuilder out, int c) {
        switch (c) {
            case 'ß' -> out.append("ss");
            case 'æ' -> out.append("ae");
            case 'œ' -> out.append("oe");
            case 'ø' -> out.append('o');
            case 'ł' -> out.append('l');
            case 'đ', 'ð' -> out.append('d');
            case 'þ' -> out.append("th");
            case 'ı' -> out.append('i');
            case 'ς' -> out.append('σ');
            default ->
                    Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
                            .codePoints()
                            .filter(part -> Character.getType(part) != Character.NON_SPACING_MARK)
                            .forEach(out::appendCodePoint);
        }
    }

    // Hebrew and Arabic are usually written without them; in Indic scripts they are letters.
    private static boolean isVowelPoint(int c) {
        return (c >= 0x591 && c <= 0x5C7) || (c >= 0x64B && c <= 0x65F) || c == 0x670;
    }

    private static boolean isAscii(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
