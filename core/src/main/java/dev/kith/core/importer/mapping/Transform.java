package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kith.core.words.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * One step behind a column in a template: {@code ${date | time yyyyMMdd}}. Takes the text so far and
 * answers JSON; an empty text passes untouched, except through {@code default}.
 */
record Transform(String name, Function<String, JsonNode> step) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> NAMES =
            List.of(
                    "trim",
                    "lower",
                    "upper",
                    "default",
                    "decimalComma",
                    "grouped",
                    "negate",
                    "round",
                    "number",
                    "integer",
                    "boolean",
                    "money",
                    "time",
                    "date");

    private static final Set<String> YES = Set.of("true", "yes", "y", "1", "是");
    private static final Set<String> NO = Set.of("false", "no", "n", "0", "否");

    /**
     * @param zone of times that say none
     * @throws IllegalArgumentException if there is no such step, or not with this argument
     */
    static Transform parse(String text, ZoneId zone) {
        var blank = text.indexOf(' ');
        var name = blank < 0 ? text : text.substring(0, blank);
        var argument = blank < 0 ? "" : text.substring(blank + 1).strip();
        return new Transform(name, step(name, argument, zone));
    }

    private static Function<String, JsonNode> step(String name, String argument, ZoneId zone) {
        return switch (name) {
            case "trim" -> text -> JSON.textNode(text.strip());
            case "lower" -> text -> JSON.textNode(text.toLowerCase(Locale.ROOT));
            case "upper" -> text -> JSON.textNode(text.toUpperCase(Locale.ROOT));
            case "default" -> text -> JSON.textNode(text.isEmpty() ? argument : text);
            case "decimalComma" -> text -> JSON.textNode(text.replace(".", "").replace(',', '.'));
            case "grouped" -> text -> JSON.textNode(text.replace(",", ""));
            case "negate" -> text -> JSON.textNode(decimal(text).negate().toPlainString());
            case "round" -> round(argument);
            case "number" -> text -> JSON.numberNode(decimal(text));
            case "integer" -> text -> JSON.numberNode(integer(text));
            case "boolean" -> text -> JSON.booleanNode(truth(text));
            case "money" -> money(argument);
            case "time" -> time(argument, zone);
            case "date" -> date(argument);
            default ->
                    throw new IllegalArgumentException(
                            Words.of("import.noStep", name) + Hint.of(name, NAMES));
        };
    }

    JsonNode apply(JsonNode value) {
        var text = value.asText();
        return text.isEmpty() && !name.equals("default") ? value : step.apply(text);
    }

    static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw RowFailure.because("noNumber", shortened(text));
        }
    }

    private static Function<String, JsonNode> round(String argument) {
        if (!argument.matches("[0-9]")) {
            throw new IllegalArgumentException(Words.of("import.roundNeedsDecimals"));
        }
        var decimals = Integer.parseInt(argument);
        return text ->
                JSON.textNode(
                        decimal(text).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
    }

    private static long integer(String text) {
        try {
            return decimal(text).longValueExact();
        } catch (ArithmeticException e) {
            throw RowFailure.because("noWholeNumber", shortened(text));
        }
    }

    private static boolean truth(String text) {
        var word = text.strip().toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw RowFailure.because("neitherYesNorNo", shortened(text));
        }
        return YES.contains(word);
    }

    private static Function<String, JsonNode> money(String code) {
        var currency = currency(code);
        var decimals = currency.getDefaultFractionDigits();
        return text -> {
            try {
                var value = decimal(text).setScale(decimals, RoundingMode.UNNECESSARY);
                return JSON.objectNode().put("value", value.toPlainString()).put("currency", code);
            } catch (ArithmeticException e) {
                throw RowFailure.because("moreDecimals", shortened(text), code);
            }
        };
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Words.of("import.noCurrency", code), e);
        }
    }

    private static Function<String, JsonNode> time(String pattern, ZoneId zone) {
        var formatter = formatter(pattern);
        return text -> {
            try {
                var instant = instant(formatter.parse(text.strip()), zone);
                return JSON.textNode(INSTANT.format(instant));
            } catch (DateTimeException e) {
                throw RowFailure.because("noTime", shortened(text), pattern);
            }
        };
    }

    // Asking what was parsed is much faster than trying one type after the other.
    private static Instant instant(TemporalAccessor parsed, ZoneId zone) {
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed);
        }
        var date = LocalDate.from(parsed);
        var time = parsed.query(TemporalQueries.localTime());
        return (time == null ? date.atStartOfDay() : date.atTime(time)).atZone(zone).toInstant();
    }

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static Function<String, JsonNode> date(String pattern) {
        var formatter = formatter(pattern);
        return text -> {
            try {
                return JSON.textNode(LocalDate.parse(text.strip(), formatter).toString());
            } catch (DateTimeException e) {
                throw RowFailure.because("noDate", shortened(text), pattern);
            }
        };
    }

    // Strict, so that the 31st of February is refused; strict knows years as u only.
    private static DateTimeFormatter formatter(String pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException(Words.of("import.needsPattern"));
        }
        if (pattern.equals("iso")) {
            return DateTimeFormatter.ISO_DATE_TIME;
        }
        try {
            return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Words.of("import.noPattern", pattern), e);
        }
    }

    private static final int SHOWN_MAX = 40;

    private static String shortened(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
