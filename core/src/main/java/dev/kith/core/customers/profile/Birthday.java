package dev.kith.core.customers.profile;

import jakarta.validation.constraints.NotNull;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A birthday, with or without the year, in the calendar in which it is kept.
 *
 * @param date {@code 1990-05-03}, or {@code --05-03} without the year
 * @param leapMonth whether the month of the lunar calendar is the leap month of that number
 */
public record Birthday(@NotNull String date, @NotNull Kind calendar, @Nullable Boolean leapMonth) {

    public enum Kind {
        GREGORIAN,
        LUNAR
    }

    private static final Pattern FORM =
            Pattern.compile("(?:([12][0-9]{3})|-)-([0-9]{2})-([0-9]{2})");

    /** A lunar month has at most thirty days. */
    private static final int LUNAR_DAYS_MAX = 30;

    public Birthday {
        if (date != null && calendar != null) {
            var form = FORM.matcher(date);
            if (!form.matches()) {
                throw new IllegalArgumentException("date is YYYY-MM-DD, or --MM-DD");
            }
            var month = Integer.parseInt(form.group(2));
            var day = Integer.parseInt(form.group(3));
            switch (calendar) {
                case GREGORIAN -> checkGregorian(form.group(1), month, day, leapMonth);
                case LUNAR -> checkLunar(month, day);
            }
        }
    }

    private static void checkGregorian(
            @Nullable String year, int month, int day, @Nullable Boolean leapMonth) {
        if (leapMonth != null) {
            throw new IllegalArgumentException("leapMonth is of the lunar calendar");
        }
        try {
            if (year == null) {
                MonthDay.of(month, day);
            } else {
                LocalDate.of(Integer.parseInt(year), month, day);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such day", e);
        }
    }

    private static void checkLunar(int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > LUNAR_DAYS_MAX) {
            throw new IllegalArgumentException("there is no such day in the lunar calendar");
        }
    }
}
