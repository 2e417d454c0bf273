package dev.kith.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Quiet hours by the clock on the wall. */
final class QuietHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

    @Test
    void a_night_ends_in_the_morning_on_either_side_of_midnight() {
        assertEnd(NIGHT, "2026-05-01T20:00:00Z", "2026-05-02T06:00:00Z");
        assertEnd(NIGHT, "2026-05-02T03:00:00Z", "2026-05-02T06:00:00Z");
        assertThat(NIGHT.end(Instant.parse("2026-05-02T06:00:00Z"), BERLIN)).isEmpty();
        assertThat(NIGHT.end(Instant.parse("2026-05-02T18:59:59Z"), BERLIN)).isEmpty();
    }

    @Test
    void a_night_in_which_the_clock_is_changed_ends_at_the_same_time_of_day() {
        assertEnd(NIGHT, "2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z");
        assertEnd(NIGHT, "2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z");
    }

    @Test
    void an_end_within_the_hour_that_comes_twice_is_always_ahead() {
        var hours = new QuietHours(LocalTime.of(1, 0), LocalTime.of(2, 30));
        // 02:10 for the second time: the first 02:30 has passed.
        var now = Instant.parse("2026-10-25T01:10:00Z");
        assertThat(hours.end(now, BERLIN)).hasValueSatisfying(end -> assertThat(end).isAfter(now));
    }

    @Test
    void a_rest_at_noon_ends_the_same_day_and_equal_times_are_no_rest() {
        var noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0));
        assertEnd(noon, "2026-05-01T10:30:00Z", "2026-05-01T12:00:00Z");
        var none = new QuietHours(LocalTime.NOON, LocalTime.NOON);
        assertThat(none.end(Instant.parse("2026-05-01T10:00:00Z"), BERLIN)).isEmpty();
    }

    private static void assertEnd(QuietHours hours, String now, String end) {
        assertThat(hours.end(Instant.parse(now), BERLIN)).contains(Instant.parse(end));
    }
}
