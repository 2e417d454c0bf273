package dev.kith.messages;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** When nobody is to be disturbed, by the clock on the customer's wall; none if both are equal. */
record QuietHours(LocalTime from, LocalTime to) {

    static final QuietHours DEFAULT = new QuietHours(LocalTime.of(21, 0), LocalTime.of(8, 0));

    QuietHours {
        if (from == null || to == null) {
            throw new IllegalArgumentException("quietHours needs from and to, such as 21:00");
        }
    }

    /** When they end, if it is quiet now. */
    Optional<Instant> end(Instant now, ZoneId zone) {
        var local = now.atZone(zone);
        var time = local.toLocalTime();
        var overnight = from.isAfter(to);
        var quiet =
                overnight
                        ? !time.isBefore(from) || time.isBefore(to)
                        : !time.isBefore(from) && time.isBefore(to);
        if (!quiet) {
            return Optional.empty();
        }
        var day = local.toLocalDate();
        var tomorrow = overnight && !time.isBefore(from);
        var end = (tomorrow ? day.plusDays(1) : day).atTime(to).atZone(zone).toInstant();
        // Where the clock is set back over the end, the first of the two may have passed already.
        return Optional.of(end.isAfter(now) ? end : now.plusSeconds(60));
    }
}
