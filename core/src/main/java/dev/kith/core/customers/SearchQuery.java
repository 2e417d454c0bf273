package dev.kith.core.customers;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a search box's text asks of the tokens of {@link SearchTokens}: all of them must be there.
 * Each is one entry of the index, so a query never fans out over many.
 */
sealed interface SearchQuery {

    /** Long enough for any name, address or foreign id that somebody pastes. */
    int LENGTH_MAX = 200;

    /** Blank-separated words of one query, and tokens that they may become. */
    int TOKENS_MAX = 16;

    /** The customers sought have every one of these tokens. */
    record All(List<String> tokens) implements SearchQuery {
        public All {
            tokens = List.copyOf(tokens);
        }
    }

    /** Why a query cannot be answered. */
    enum Refusal implements SearchQuery {
        BLANK,
        TOO_LONG,
        TOO_MANY_WORDS,
        /** Punctuation or symbols only. */
        NOTHING_SEARCHABLE
    }

    static SearchQuery parse(String text) {
        if (text.isBlank()) {
            return Refusal.BLANK;
        }
        if (text.length() > LENGTH_MAX) {
            return Refusal.TOO_LONG;
        }
        var tokens = new LinkedHashSet<String>();
        Reader.read(text, tokens);
        if (tokens.isEmpty()) {
            return Refusal.NOTHING_SEARCHABLE;
        }
        return tokens.size() > TOKENS_MAX
                ? Refusal.TOO_MANY_WORDS
                : new All(new ArrayList<>(tokens));
    }

    /** Letters and digits only, as foreign ids and codes are compared. */
    static String code(String folded) {
        var letters = new StringBuilder(folded.length());
        folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.isEmpty() ? folded.strip() : letters.toString();
    }

    /** Tells apart what the words of a query are. */
    final class Reader {

        private static final Pattern PHONE = Pattern.compile("[+(0-9][-+0-9 ().\\u00A0/]{3,}");
        private static final Pattern SOURCE = Pattern.compile("([a-z0-9][a-z0-9._-]*):(.+)");
        private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u3000]+");
        private static final int INTERNATIONAL_MIN = 12;

        private Reader() {}

        static void read(String text, Set<String> tokens) {
            var folded = Folding.fold(text).strip();
            if (PHONE.matcher(folded).matches() && digits(folded).length() >= Phones.SUFFIX_MIN) {
                tokens.add(dialled(digits(folded)));
                return;
            }
            BLANKS.splitAsStream(text.strip()).forEach(word -> readWord(word, tokens));
        }

        private static void readWord(String word, Set<String> tokens) {
            var plain = Normalizer.normalize(word, Normalizer.Form.NFKC);
            if (plain.indexOf('@') >= 0) {
                tokens.add(email(plain));
                return;
            }
            var folded = Folding.fold(word);
            var named = SOURCE.matcher(folded);
            if (named.matches()) {
                tokens.add(named.group(1) + ":" + code(named.group(2)));
            } else {
                Words.of(folded).forEach(part -> readPart(part, tokens));
            }
        }

        private static void readPart(Words.Word word, Set<String> tokens) {
            if (word.han()) {
                grams(word.joined(), tokens);
            } else if (word.hasDigit()) {
                tokens.add(word.joined());
            } else if (word.apostrophe()) {
                tokens.add(SearchTokens.prefix(word.joined()));
            } else {
                word.parts().forEach(part -> tokens.add(SearchTokens.prefix(part)));
            }
        }

        // Three characters at most are one token; longer runs are all of their triples.
        private static void grams(String run, Set<String> tokens) {
            var chars = run.codePoints().toArray();
            var size = Math.min(chars.length, SearchTokens.GRAM_MAX);
            for (var i = 0; i + size <= chars.length; i++) {
                tokens.add(new String(chars, i, size));
            }
        }

        // While an address is being typed its part before the @ decides.
        private static String email(String word) {
            if (Emails.normalise(word) instanceof Emails.Address address) {
                return Folding.fold(address.comparable());
            }
            if (Emails.normalise("a" + word) instanceof Emails.Address anybody) {
                return anybody.comparable().substring(1);
            }
            var folded = Folding.fold(word);
            var at = folded.lastIndexOf('@');
            return at == 0 ? folded : folded.substring(0, at + 1);
        }

        // 0086 and + both lead to the international number.
        private static String dialled(String digits) {
            var international = digits.startsWith("00") && digits.length() >= INTERNATIONAL_MIN;
            return international ? digits.substring(2) : digits;
        }

        private static String digits(String text) {
            return text.chars()
                    .filter(c -> c >= '0' && c <= '9')
                    .collect(
                            StringBuilder::new,
                            (out, c) -> out.append((char) c),
                            StringBuilder::append)
                    .toString();
        }
    }
}
