package dev.kith.complaints;

import dev.kith.complaints.Clock.Cause;
import dev.kith.complaints.Clock.Reading;
import dev.kith.complaints.Clock.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a case with every span that was counted and every one that was not.
 *
 * @param calendar whose working time counts, unless the moment of the answer was given
 */
public record Sla(UUID caseId, String calendar, int calendarVersion, List<Kept> clocks) {

    /** The most spans one clock lists; the earliest are left out. */
    static final int SPANS_MAX = 5_000;

    /**
     * @param used of the target; the counted spans add up to it
     * @param left negative when more is used than there was
     * @param dueAt absent while the case waits for the customer
     * @param omittedSpans how many of the earliest spans are left out
     */
    public record Kept(
            String clock,
            Verdict state,
            Duration target,
            Duration used,
            Duration left,
            @Nullable Instant dueAt,
            List<Listed> spans,
            int omittedSpans) {

        static Kept of(String clock, Reading reading) {
            var spans = reading.spans();
            var omitted = Math.max(0, spans.size() - SPANS_MAX);
            return new Kept(
                    clock,
                    reading.verdict(),
                    reading.target(),
                    reading.used(),
                    reading.left(),
                    reading.dueAt(),
                    spans.stream().skip(omitted).map(Listed::of).toList(),
                    omitted);
        }
    }

    public record Listed(Instant startsAt, Instant endsAt, boolean counted, Cause cause) {
        static Listed of(Clock.Span span) {
            return new Listed(span.startsAt(), span.endsAt(), span.counted(), span.cause());
        }
    }

    static Sla of(Course course, Clock.Time time, Instant now) {
        var acknowledgement = course.acknowledgementClock(time).read(course.acknowledging(), now);
        var resolution = course.resolutionClock(time).read(course.resolving(), now);
        return new Sla(
                course.id(),
                course.promise().calendar(),
                course.promise().calendarVersion(),
                List.of(
                        Kept.of("acknowledgement", acknowledgement),
                        Kept.of("resolution", resolution)));
    }
}
