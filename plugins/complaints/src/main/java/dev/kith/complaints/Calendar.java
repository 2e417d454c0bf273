package dev.kith.complaints;

import dev.kith.complaints.Clock.Cause;
import dev.kith.complaints.Clock.Span;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When there is work: whenever the clock on the wall of {@code zone} shows a time within the hours
 * of that day. So an hour that daylight saving repeats counts twice and one that it skips not at
 * all.
 *
 * @param zone of the hours; the deployment's unless said
 * @param hours several spans a day if need be; one over midnight is written as two
 * @param holidays days without work
 * @param workdays days with the hours of another day, such as a Saturday worked for a holiday
 */
record Calendar(
        @Nullable String zone,
        @NotEmpty @Size(max = Calendar.HOURS_MAX) List<@NotNull @Valid Hours> hours,
        @Size(max = Calendar.DAYS_MAX) List<@NotNull LocalDate> holidays,
        @Size(max = Calendar.DAYS_MAX) List<@NotNull @Valid Workday> workdays) {

    static final int HOURS_MAX = 100;
    static final int DAYS_MAX = 2_000;

    /** The least work in a week, so that every target comes to its end. */
    static final int WEEK_MINUTES_MIN = 60;

    private static final int MINUTES_PER_HOUR = 60;

    /**
     * @param to 24:00 is the end of the day
     */
    record Hours(
            @NotEmpty List<@NotNull DayOfWeek> days,
            @NotNull @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]") String from,
            @NotNull @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]|24:00") String to) {

        Hours {
            days = days == null ? List.of() : List.copyOf(days);
            if (from != null && to != null && from.compareTo(to) >= 0) {
                throw new IllegalArgumentException(
                        "hours end after they begin: from %s to %s".formatted(from, to));
            }
        }

        int fromMinute() {
            return minute(from);
        }

        int toMinute() {
            return minute(to);
        }

        private static int minute(String time) {
            return Integer.parseInt(time, 0, 2, 10) * MINUTES_PER_HOUR
                    + Integer.parseInt(time, 3, 5, 10);
        }
    }

    /**
     * @param like the weekday whose hours it has; Monday's unless said
     */
    record Workday(@NotNull LocalDate on, DayOfWeek like) {
        Workday {
            like = like == null ? DayOfWeek.MONDAY : like;
        }
    }

    Calendar {
        hours = hours == null ? List.of() : List.copyOf(hours);
        holidays = holidays == null ? List.of() : holidays.stream().distinct().sorted().toList();
        workdays = workdays == null ? List.of() : List.copyOf(workdays);
        checkZone(zone);
        checkDays(holidays, workdays);
    }

    private static void checkZone(@Nullable String zone) {
        try {
            if (zone != null) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such time zone: " + zone, e);
        }
    }

    private static void checkDays(List<LocalDate> holidays, List<Workday> workdays) {
        var seen = new HashSet<>(holidays);
        for (var workday : workdays) {
            if (workday.on() != null && !seen.add(workday.on())) {
                throw new IllegalArgumentException(
                        "%s stands twice among holidays and workdays".formatted(workday.on()));
            }
        }
    }

    /** What is wrong with the week as a whole, if anything. */
    Optional<String> wrong() {
        var total = 0;
        for (var day : DayOfWeek.values()) {
            var before = 0;
            for (var each : on(day)) {
                if (each.fromMinute() < before) {
                    return Optional.of("hours of one day overlap");
                }
                before = each.toMinute();
                total += each.toMinute() - each.fromMinute();
            }
        }
        return total < WEEK_MINUTES_MIN
                ? Optional.of("a week has at least %d minutes".formatted(WEEK_MINUTES_MIN))
                : Optional.empty();
    }

    private List<Hours> on(DayOfWeek day) {
        return hours.stream()
                .filter(each -> each.days().contains(day))
                .sorted(Comparator.comparing(Hours::from))
                .toList();
    }

    /** Work and its opposite between two moments, without a gap. */
    Clock.Time time(ZoneId deployment) {
        var where = zone == null ? deployment : ZoneId.of(zone);
        var days = new Days(this);
        return (from, to) -> {
            var spans = new ArrayList<Span>();
            // Between two changes of the offset the clock on the wall runs like ours.
            for (var at = from; at.isBefore(to); ) {
                var change = where.getRules().nextTransition(at);
                var end =
                        change == null || change.getInstant().isAfter(to)
                                ? to
                                : change.getInstant();
                days.add(spans, at, end, where.getRules().getOffset(at));
                at = end;
            }
            return spans;
        };
    }

    /** The same, prepared for being looked up by date. */
    private record Days(Calendar calendar) {

        void add(List<Span> spans, Instant from, Instant to, ZoneOffset offset) {
            var start = LocalDateTime.ofInstant(from, offset);
            var end = LocalDateTime.ofInstant(to, offset);
            for (var day = start.toLocalDate();
                    !day.atStartOfDay().isAfter(end);
                    day = day.plusDays(1)) {
                var at = later(start, day.atStartOfDay());
                var until = earlier(end, day.plusDays(1).atStartOfDay());
                var exchanged = exchanged(day);
                var holiday = exchanged.isEmpty() && calendar.holidays().contains(day);
                var rest = holiday ? Cause.HOLIDAY : Cause.OUTSIDE_HOURS;
                var work = exchanged.isEmpty() ? Cause.WORKING_HOURS : Cause.EXCHANGED_WORKDAY;
                var week = exchanged.orElse(day.getDayOfWeek());
                for (var each : holiday ? List.<Hours>of() : calendar.on(week)) {
                    var begins =
                            earlier(
                                    until,
                                    later(at, day.atStartOfDay().plusMinutes(each.fromMinute())));
                    var ends = earlier(until, day.atStartOfDay().plusMinutes(each.toMinute()));
                    Clock.add(spans, at.toInstant(offset), begins.toInstant(offset), rest);
                    Clock.add(spans, begins.toInstant(offset), ends.toInstant(offset), work);
                    at = later(at, ends);
                }
                Clock.add(spans, at.toInstant(offset), until.toInstant(offset), rest);
            }
        }

        private Optional<DayOfWeek> exchanged(LocalDate day) {
            return calendar.workdays().stream()
                    .filter(each -> each.on().equals(day))
                    .map(Workday::like)
                    .findFirst();
        }

        private static LocalDateTime later(LocalDateTime a, LocalDateTime b) {
            return a.isAfter(b) ? a : b;
        }

        private static LocalDateTime earlier(LocalDateTime a, LocalDateTime b) {
            return a.isBefore(b) ? a : b;
        }
    }
}
