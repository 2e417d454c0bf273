package dev.kith.core.search;

import java.util.List;

/**
 * What a search box's text asks of the tokens of {@link SearchTokens}: all of them must be there.
 * Each is one entry of the index, so a query never fans out over many.
 */
public sealed interface SearchQuery {

    /** Long enough for any name, address or foreign id that somebody pastes. */
    int LENGTH_MAX = 200;

    /** Tokens that the words of one query may become. */
    int TOKENS_MAX = 16;

    /**
     * The customers sought have every one of these tokens.
     *
     * @param endings numbers longer than the index knows; of those found by their last digits, the
     *     ones sought also have, for each, a token that ends with it
     */
    record All(List<String> tokens, List<String> endings) implements SearchQuery {
        public All {
            tokens = List.copyOf(tokens);
            endings = List.copyOf(endings);
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
        return text.length() > LENGTH_MAX ? Refusal.TOO_LONG : new TypedWords().read(text);
    }

    /** Letters and digits only, as foreign ids and codes are compared. */
    static String code(String folded) {
        var letters = new StringBuilder(folded.length());
        folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.isEmpty() ? folded.strip() : letters.toString();
    }
}
