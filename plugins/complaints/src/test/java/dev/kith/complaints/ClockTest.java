package dev.kith.complaints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.complaints.Calendar.Hours;
import dev.kith.complaints.Calendar.Workday;
import dev.kith.complaints.Clock.Activity;
import dev.kith.complaints.Clock.Cause;
import dev.kith.complaints.Clock.Phase;
import dev.kith.complaints.Clock.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock by itself: no server, no database. */
final class ClockTest {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final List<DayOfWeek> WEEK =
            List.of(
                    DayOfWeek.MONDAY,
                    DayOfWeek.TUESDAY,
                    DayOfWeek.WEDNESDAY,
                    DayOfWeek.THURSDAY,
                    DayOfWeek.FRIDAY);

    @Test
    void the_lunch_break_and_the_weekend_do_not_count() {
        var friday = at("2026-03-06T11:00:00+08:00");
        var reading =
                office().read(
                                List.of(new Phase(friday, Activity.RUNS)),
                                at("2026-03-09T10:00:00+08:00"));
        assertThat(reading.used()).isEqualTo(Duration.ofHours(1 + 5 + 1));
        assertThat(reading.left()).isEqualTo(Duration.ofHours(1));
        assertThat(reading.dueAt()).isEqualTo(at("2026-03-09T11:00:00+08:00"));
        assertThat(reading.spans())
                .extracting(Clock.Span::cause)
                .containsExactly(
                        Cause.WORKING_HOURS,
                        Cause.OUTSIDE_HOURS,
                        Cause.WORKING_HOURS,
                        Cause.OUTSIDE_HOURS,
                        Cause.WORKING_HOURS);
    }

    @Test
    void a_holiday_does_not_count_and_the_day_exchanged_for_it_does() {
        var calendar =
                new Calendar(
                        null,
                        List.of(new Hours(WEEK, "09:00", "17:00")),
                        List.of(LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-02")),
                        List.of(new Workday(LocalDate.parse("2026-10-10"), DayOfWeek.THURSDAY)));
        var reading =
                new Clock(calendar.time(SHANGHAI), Duration.ofHours(100))
                        .read(
                                List.of(new Phase(at("2026-10-01T00:00:00+08:00"), Activity.RUNS)),
                                at("2026-10-12T00:00:00+08:00"));
        assertThat(reading.used()).isEqualTo(Duration.ofHours(8 * (5 + 1)));
        assertThat(reading.spans().getFirst().cause()).isEqualTo(Cause.HOLIDAY);
        assertThat(reading.spans())
                .filteredOn(span -> span.cause() == Cause.EXCHANGED_WORKDAY)
                .singleElement()
                .extracting(Clock.Span::startsAt)
                .isEqualTo(at("2026-10-10T09:00:00+08:00"));
    }

    @Test
    void waiting_for_the_customer_stops_the_clock_and_moves_the_due_time() {
        var phases =
                List.of(
                        new Phase(at("2026-03-02T09:00:00+08:00"), Activity.RUNS),
                        new Phase(at("2026-03-02T10:00:00+08:00"), Activity.WAITS));
        var waiting = office().read(phases, at("2026-03-05T10:00:00+08:00"));
        assertThat(waiting.verdict()).isEqualTo(Verdict.PAUSED);
        assertThat(waiting.used()).isEqualTo(Duration.ofHours(1));
        assertThat(waiting.dueAt()).isNull();
        assertThat(waiting.spans().getLast().cause()).isEqualTo(Cause.WAITING_FOR_CUSTOMER);
    }

    @Test
    void an_answer_at_the_due_time_is_in_time_and_one_a_moment_later_is_not() {
        var due = at("2026-03-02T18:00:00+08:00");
        assertThat(stopped(due).verdict()).isEqualTo(Verdict.MET);
        assertThat(stopped(due.plusMillis(1)).verdict()).isEqualTo(Verdict.BREACHED);
        assertThat(stopped(due.plusMillis(1)).dueAt()).isEqualTo(due);
    }

    private static Clock.Reading stopped(Instant at) {
        var phases =
                List.of(
                        new Phase(at("2026-03-02T09:00:00+08:00"), Activity.RUNS),
                        new Phase(at, Activity.RESTS));
        return office().read(phases, at.plus(Duration.ofDays(9)));
    }

    @Test
    void a_due_time_that_somebody_named_counts_every_minute() {
        var from = at("2026-03-07T23:00:00+08:00");
        var clock = new Clock(Clock.Time.ALWAYS, Duration.ofDays(2));
        var reading = clock.read(List.of(new Phase(from, Activity.RUNS)), from.plusSeconds(60));
        assertThat(reading.dueAt()).isEqualTo(from.plus(Duration.ofDays(2)));
        assertThat(reading.used()).isEqualTo(Duration.ofMinutes(1));
    }

    /** Eight hours of an office that closes for lunch. */
    private static Clock office() {
        var calendar =
                new Calendar(
                        null,
                        List.of(
                                new Hours(WEEK, "09:00", "12:00"),
                                new Hours(WEEK, "13:00", "18:00")),
                        List.of(),
                        List.of());
        return new Clock(calendar.time(SHANGHAI), Duration.ofHours(8));
    }

    private static Instant at(String text) {
        return java.time.OffsetDateTime.parse(text).toInstant();
    }
}
