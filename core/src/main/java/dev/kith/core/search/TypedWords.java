package dev.kith.core.search;

import dev.kith.core.contact.Emails;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells apart what the words of a query are, and turns each into the tokens it was indexed as. */
final class TypedWords {

    private static final Pattern PHONE = Pattern.compile("[+(0-9][-+0-9 ().\\u00A0/]{3,}");
    private static final Pattern SOURCE = Pattern.compile("([a-z0-9][a-z0-9._-]*):(.+)");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u3000]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9]+");

    /** 0086 and ten more: shorter numbers with two noughts may be anything. */
    private static final int DIALLED_MIN = 12;

    private final Set<String> tokens = new LinkedHashSet<>();
    private final Set<String> endings = new LinkedHashSet<>();

    SearchQuery read(String text) {
        var folded = Folding.fold(text).strip();
        var digits = NOT_DIGITS.matcher(folded).replaceAll("");
        if (PHONE.matcher(folded).matches() && digits.length() >= SearchTokens.DIGITS_MIN) {
            addDigits(dialled(digits));
        } else {
            BLANKS.splitAsStream(text.strip()).forEach(this::addWord);
        }
        if (tokens.isEmpty()) {
            return SearchQuery.Refusal.NOTHING_SEARCHABLE;
        }
        return tokens.size() > SearchQuery.TOKENS_MAX
                ? SearchQuery.Refusal.TOO_MANY_WORDS
                : new SearchQuery.All(new ArrayList<>(tokens), new ArrayList<>(endings));
    }

    private void addWord(String word) {
        var plain = Normalizer.normalize(word, Normalizer.Form.NFKC);
        if (plain.indexOf('@') >= 0) {
            addEmail(plain);
            return;
        }
        var folded = Folding.fold(plain);
        var named = SOURCE.matcher(folded);
        if (named.matches()) {
            tokens.add(named.group(1) + ":" + SearchQuery.code(named.group(2)));
        } else {
            Words.of(folded).forEach(this::addPart);
        }
    }

    private void addPart(Words.Word word) {
        var joined = word.joined();
        if (word.han()) {
            addGrams(joined);
        } else if (DIGITS.matcher(joined).matches()) {
            addDigits(joined);
        } else if (word.hasDigit()) {
            tokens.add(joined);
        } else if (word.apostrophe()) {
            tokens.add(SearchTokens.prefix(joined));
        } else {
            word.parts().forEach(part -> tokens.add(SearchTokens.prefix(part)));
        }
    }

    // Three characters at most are one token; longer runs are all of their triples.
    private void addGrams(String run) {
        var chars = run.codePoints().toArray();
        var size = Math.min(chars.length, SearchTokens.GRAM_MAX);
        for (var i = 0; i + size <= chars.length; i++) {
            tokens.add(new String(chars, i, size));
        }
    }

    private void addDigits(String digits) {
        var surplus = digits.length() - SearchTokens.DIGITS_MAX;
        if (surplus > 0) {
            endings.add(digits);
        }
        tokens.add(surplus > 0 ? digits.substring(surplus) : digits);
    }

    // While an address is being typed, what stands before the @ decides.
    private void addEmail(String word) {
        if (Emails.normalise(word) instanceof Emails.Address address) {
            tokens.add(Folding.fold(address.comparable()));
        } else if (Emails.normalise("a" + word) instanceof Emails.Address anybody) {
            tokens.add(anybody.comparable().substring(1));
        } else {
            var local = Folding.fold(word.substring(0, word.lastIndexOf('@')));
            Words.of(local).forEach(this::addPart);
        }
    }

    // 0086 and + both lead to the international number.
    private static String dialled(String digits) {
        var international = digits.startsWith("00") && digits.length() >= DIALLED_MIN;
        return international ? digits.substring(2) : digits;
    }
}
