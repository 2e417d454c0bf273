package dev.kith.complaints;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a target is used: pure arithmetic over moments. While the clock runs, the time that
 * its {@link Time} counts is used; while it waits or rests, none. It is due at the first moment at
 * which nothing is left, and late when it is stopped, or looked at, after that.
 */
public final class Clock {

    /** How far ahead one look for the due time goes. */
    private static final Duration STRIDE = Duration.ofDays(32);

    /** A due time further away than this is none: about 90 years. */
    private static final int STRIDES_MAX = 1_000;

    /** What the clock does from some moment on. */
    enum Activity {
        RUNS,
        WAITS,
        RESTS,
        /** For good, because nobody wants the answer any more. */
        DROPPED
    }

    record Phase(Instant since, Activity activity) {}

    public enum Cause {
        WORKING_HOURS(true),
        EXCHANGED_WORKDAY(true),
        AROUND_THE_CLOCK(true),
        OUTSIDE_HOURS(false),
        HOLIDAY(false),
        WAITING_FOR_CUSTOMER(false),
        RESOLVED(false);

        private final boolean counted;

        Cause(boolean counted) {
            this.counted = counted;
        }
    }

    record Span(Instant startsAt, Instant endsAt, Cause cause) {

        boolean counted() {
            return cause.counted;
        }

        Duration length() {
            return Duration.between(startsAt, endsAt);
        }
    }

    /** What counts. */
    @FunctionalInterface
    interface Time {

        /** Spans from one moment to another, in order and without a gap. */
        List<Span> spans(Instant from, Instant to);

        /** Every minute, for a due time that somebody named. */
        Time ALWAYS =
                (from, to) -> {
                    var spans = new ArrayList<Span>(1);
                    add(spans, from, to, Cause.AROUND_THE_CLOCK);
                    return spans;
                };
    }

    public enum Verdict {
        RUNNING,
        PAUSED,
        MET,
        BREACHED,
        CANCELLED
    }

    /**
     * @param dueAt if it runs, or was stopped, when nothing is left; null while it waits with
     *     something left
     */
    record Reading(
            Verdict verdict,
            Duration target,
            Duration used,
            @Nullable Instant dueAt,
            List<Span> spans) {

        Reading {
            spans = List.copyOf(spans);
        }

        /** Negative when more is used than there was. */
        Duration left() {
            return target.minus(used);
        }
    }

    private final Time time;
    private final Duration target;

    Clock(Time time, Duration target) {
        this.time = time;
        this.target = target;
    }

    /**
     * @param phases in order, the first one running; the last one goes on until {@code now}, unless
     *     the clock rests
     */
    Reading read(List<Phase> phases, Instant now) {
        var spans = spans(phases, now);
        var used = Duration.ZERO;
        for (var span : spans) {
            used = span.counted() ? used.plus(span.length()) : used;
        }
        var last = phases.getLast();
        var due = due(spans, phases.getFirst().since());
        if (due == null) {
            due = ahead(last, now, target.minus(used));
        }
        return new Reading(verdict(last, due, now), target, used, due, spans);
    }

    /** When it is due, without reading further than that. */
    @Nullable Instant dueAt(List<Phase> phases, Instant now) {
        if (phases.size() > 1 || target.isZero()) {
            return read(phases, now).dueAt();
        }
        return ahead(phases.getFirst(), phases.getFirst().since(), target);
    }

    /**
     * @param last what the clock does, or when and how it was stopped
     */
    static Verdict verdict(Phase last, @Nullable Instant due, Instant now) {
        var seen = isOver(last.activity()) ? last.since() : now;
        if (due != null && seen.isAfter(due)) {
            return Verdict.BREACHED;
        }
        return switch (last.activity()) {
            case RUNS -> Verdict.RUNNING;
            case WAITS -> Verdict.PAUSED;
            case RESTS -> Verdict.MET;
            case DROPPED -> Verdict.CANCELLED;
        };
    }

    private static boolean isOver(Activity activity) {
        return switch (activity) {
            case RUNS, WAITS -> false;
            case RESTS, DROPPED -> true;
        };
    }

    private List<Span> spans(List<Phase> phases, Instant now) {
        var spans = new ArrayList<Span>();
        for (var i = 0; i < phases.size(); i++) {
            var phase = phases.get(i);
            var isLast = i == phases.size() - 1;
            var end = isLast ? now : phases.get(i + 1).since();
            if (phase.since().isBefore(end)) {
                switch (phase.activity()) {
                    case RUNS ->
                            time.spans(phase.since(), end)
                                    .forEach(s -> add(spans, s.startsAt(), s.endsAt(), s.cause()));
                    case WAITS -> add(spans, phase.since(), end, Cause.WAITING_FOR_CUSTOMER);
                    case RESTS, DROPPED -> {
                        if (!isLast) {
                            add(spans, phase.since(), end, Cause.RESOLVED);
                        }
                    }
                }
            }
        }
        return spans;
    }

    /** Adds a span, or lengthens the last one that has the same cause. */
    static void add(List<Span> spans, Instant from, Instant to, Cause cause) {
        if (!from.isBefore(to)) {
            return;
        }
        if (!spans.isEmpty() && spans.getLast().cause() == cause) {
            from = spans.removeLast().startsAt();
        }
        spans.add(new Span(from, to, cause));
    }

    private @Nullable Instant due(List<Span> spans, Instant start) {
        return target.isZero() ? start : reached(spans, target);
    }

    private static @Nullable Instant reached(List<Span> spans, Duration left) {
        for (var span : spans) {
            if (span.counted()) {
                if (span.length().compareTo(left) >= 0) {
                    return span.startsAt().plus(left);
                }
                left = left.minus(span.length());
            }
        }
        return null;
    }

    // Where nothing was stopped, time goes on as if the clock ran.
    private @Nullable Instant ahead(Phase last, Instant now, Duration left) {
        if (last.activity() == Activity.WAITS) {
            return null;
        }
        var at = isOver(last.activity()) ? last.since() : now;
        for (var i = 0; i < STRIDES_MAX; i++) {
            var spans = time.spans(at, at.plus(STRIDE));
            var due = reached(spans, left);
            if (due != null) {
                return due;
            }
            for (var span : spans) {
                left = span.counted() ? left.minus(span.length()) : left;
            }
            at = at.plus(STRIDE);
        }
        return null;
    }
}
