package dev.kith.core.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as callers write them. Years have four digits, as RFC 3339 has it: what lies beyond is a slip
 * of the pen, and neither the database nor arithmetic holds it.
 */
public final class Times {

    private static final int YEAR_MAX = 9999;

    private Times() {}

    /**
     * @throws DateTimeException if it is no RFC 3339 instant
     */
    public static Instant instant(String text) {
        var instant = OffsetDateTime.parse(text).toInstant();
        checkYear(instant.atOffset(ZoneOffset.UTC).getYear());
        return instant;
    }

    /**
     * @throws DateTimeException if it is no RFC 3339 date
     */
    public static LocalDate date(String text) {
        var date = LocalDate.parse(text);
        checkYear(date.getYear());
        return date;
    }

    private static void checkYear(int year) {
        if (year < 1 || year > YEAR_MAX) {
            throw new DateTimeException("the year is not between 1 and " + YEAR_MAX);
        }
    }
}
