package dev.kith.core.search;

import dev.kith.core.contact.Phones;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens under which a customer is found, kept in {@code kith.customer.search} below a GIN index
 * and asked for with {@code search @> array[…]}; {@link SearchQuery} makes them of what is typed.
 *
 * <p>Of Han characters every one, two and three in a row, and the pinyin and initials from every
 * character on, with their prefixes; of other words the prefixes; of a phone number its endings; of
 * an e-mail address the whole, its domain and the words before the @; of a foreign id the whole.
 * When there are too many, other readings go first, then what comes last in its list; of a long name
 * its pinyin goes before its characters.
 */
public final class SearchTokens {

    /** Tokens of one customer; beyond it the last phones, e-mails and foreign ids are not found. */
    static final int TOKENS_MAX = 200;

    /** Tokens of a customer's names, so that a long one leaves room for the phone. */
    static final int NAME_TOKENS_MAX = 100;

    /** Characters of a word that count; what is typed is cut alike. */
    static final int PREFIX_MAX = Pinyin.LETTERS_MAX;

    /** The fewest last digits by which a phone is found. */
    static final int DIGITS_MIN = 4;

    /** Beyond these last digits a longer number is looked at itself. */
    static final int DIGITS_MAX = 8;

    /** Han characters in a row that are one token. */
    static final int GRAM_MAX = 3;

    /** A customer's id in another system. */
    public record Foreign(String source, String id) {}

    private final Set<String> tokens = new LinkedHashSet<>();
    private final List<Runnable> last = new ArrayList<>();
    private int max;

    private SearchTokens() {}

    /** Sorted and distinct. Phones are in E.164, e-mails normalised. */
    public static List<String> of(
            String name,
            @Nullable String givenName,
            @Nullable String familyName,
            List<String> emails,
            List<String> phones,
            List<Foreign> foreignIds) {
        var tokens = new SearchTokens();
        tokens.max = NAME_TOKENS_MAX;
        tokens.addName(name, true);
        tokens.addName(familyName == null ? "" : familyName, true);
        tokens.addName(givenName == null ? "" : givenName, false);
        tokens.last.forEach(Runnable::run);
        tokens.max = TOKENS_MAX;
        foreignIds.forEach(tokens::addForeign);
        phones.forEach(tokens::addPhone);
        emails.forEach(tokens::addEmail);
        var sorted = tokens.tokens.toArray(String[]::new);
        Arrays.sort(sorted);
        return List.of(sorted);
    }

    static String prefix(String word) {
        return word.codePointCount(0, word.length()) <= PREFIX_MAX
                ? word
                : word.substring(0, word.offsetByCodePoints(0, PREFIX_MAX));
    }

    private void addName(String name, boolean surnameFirst) {
        var first = surnameFirst;
        for (var word : Words.of(Folding.fold(name))) {
            if (word.han()) {
                addHan(word.joined(), first);
            } else {
                addWord(word);
            }
            first = false;
        }
    }

    private void addHan(String word, boolean surnameFirst) {
        var run = word.codePoints().toArray();
        for (var i = 0; i < run.length; i++) {
            for (var size = 1; size <= GRAM_MAX && i + size <= run.length; size++) {
                add(new String(run, i, size));
            }
        }
        var starts = new Pinyin(HanTable.get()).spellings(run, surnameFirst);
        for (var spellings : starts) {
            addSpelling(spellings.getFirst());
            if (spellings.size() > 1) {
                last.add(() -> spellings.forEach(this::addSpelling));
            }
        }
    }

    private void addSpelling(Pinyin.Spelling spelling) {
        addPrefixes(spelling.letters());
        addPrefixes(spelling.initials());
    }

    private void addWord(Words.Word word) {
        word.parts().forEach(this::addPrefixes);
        if (word.parts().size() > 1) {
            var joined = word.joined();
            last.add(() -> addPrefixes(joined));
        }
    }

    private void addForeign(Foreign foreign) {
        if (SearchQuery.parse(foreign.id()) instanceof SearchQuery.All query) {
            query.tokens().forEach(this::add);
        }
        var code = SearchQuery.code(Folding.fold(foreign.id()));
        add(code);
        add(Folding.fold(foreign.source()) + ":" + code);
    }

    private void addPhone(String e164) {
        var digits = e164.substring(1);
        for (var size = DIGITS_MIN; size <= DIGITS_MAX && size <= digits.length(); size++) {
            add(digits.substring(digits.length() - size));
        }
        add(digits);
        add(Phones.withTrunkPrefix(digits));
    }

    private void addEmail(String email) {
        var folded = Folding.fold(email);
        var at = folded.lastIndexOf('@');
        add(folded);
        add(folded.substring(at));
        for (var word : Words.of(folded.substring(0, at))) {
            word.parts().forEach(this::addPrefixes);
            add(word.joined());
        }
    }

    private void addPrefixes(String word) {
        for (var i = 0; i < word.length() && i < PREFIX_MAX; i++) {
            if (!Character.isHighSurrogate(word.charAt(i))) {
                add(word.substring(0, i + 1));
            }
        }
        add(word);
    }

    private void add(String token) {
        if (tokens.size() < max) {
            tokens.add(token);
        }
    }
}
