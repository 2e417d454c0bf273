package dev.kith.core.customers;

import dev.kith.core.customers.profile.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** What values an attribute takes, as they stand in JSON. */
public enum AttributeType {
    TEXT("must be text of at most %d characters".formatted(Text.ATTRIBUTE_TEXT_MAX)),
    NUMBER("must be a number of at most %d digits".formatted(AttributeType.DIGITS_MAX)),
    BOOLEAN("must be true or false"),
    DATE("must be a date, such as 2025-01-31");

    static final int DIGITS_MAX = 30;

    private final String expected;

    AttributeType(String expected) {
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    boolean takes(Object value) {
        return switch (this) {
            case TEXT ->
                    value instanceof String text
                            && text.length() <= Text.ATTRIBUTE_TEXT_MAX
                            && text.matches("(?s)[^\\x00\\p{Cs}]*");
            case NUMBER -> value instanceof Number number && isShort(number);
            case BOOLEAN -> value instanceof Boolean;
            case DATE -> value instanceof String text && isDate(text);
        };
    }

    private static boolean isShort(Number number) {
        var decimal = new BigDecimal(number.toString());
        return decimal.precision() <= DIGITS_MAX && Math.abs(decimal.scale()) <= DIGITS_MAX;
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
