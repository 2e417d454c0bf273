package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points set aside to be spent.
 *
 * @param lapsesAt when they come back by themselves
 */
record Hold(
        UUID id,
        CustomerId customerId,
        long points,
        State state,
        @Nullable String note,
        Instant createdAt,
        Instant lapsesAt) {

    static final int NOTE_MAX = 200;
    static final long SECONDS_MAX = 90L * 24 * 60 * 60;

    /** What a hold is asked for with. */
    record Request(
            @Min(1) @Max(Rules.POINTS_MAX) long points,
            @Nullable @Size(max = NOTE_MAX) String note,
            @Nullable @Min(1) @Max(SECONDS_MAX) Long lapseAfterSeconds) {}

    /** The key of the timer that lets a hold lapse. */
    record Id(UUID id) {}

    enum State {
        HELD,
        CAPTURED,
        RELEASED,
        LAPSED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }
}
