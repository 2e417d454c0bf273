package dev.kith.complaints;

import dev.kith.api.CustomerId;
import dev.kith.complaints.Clock.Activity;
import dev.kith.complaints.Clock.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a case so far: all that its clocks and dates are computed from.
 *
 * @param steps the first one received it
 */
record Course(
        UUID id,
        String receipt,
        @Nullable CustomerId customer,
        Promise promise,
        List<Stage> steps,
        Told told) {

    /** A state and since when. */
    record Stage(State state, Instant since) {}

    /**
     * What was promised when the case came in.
     *
     * @param dueGiven whether somebody named the moment of the answer, so that every minute counts
     */
    record Promise(
            String calendar,
            int calendarVersion,
            Duration acknowledge,
            Duration resolve,
            boolean dueGiven) {}

    /** Which clocks have been told to have run out. */
    record Told(boolean acknowledgement, boolean resolution) {
        static final Told NOTHING = new Told(false, false);
    }

    Course {
        steps = List.copyOf(steps);
    }

    State state() {
        return steps.getLast().state();
    }

    Instant receivedAt() {
        return steps.getFirst().since();
    }

    /** The first word to the complainant stops this clock for good. */
    List<Phase> acknowledging() {
        var phases = new ArrayList<Phase>();
        phases.add(new Phase(receivedAt(), Activity.RUNS));
        if (steps.size() > 1) {
            var first = steps.get(1);
            var dropped = first.state() == State.WITHDRAWN;
            phases.add(new Phase(first.since(), dropped ? Activity.DROPPED : Activity.RESTS));
        }
        return phases;
    }

    /** A case that is reopened goes on with what was left. */
    List<Phase> resolving() {
        var phases = new ArrayList<Phase>();
        for (var step : steps) {
            var activity = step.state().resolving();
            if (phases.isEmpty() || phases.getLast().activity() != activity) {
                phases.add(new Phase(step.since(), activity));
            }
        }
        return phases;
    }

    Clock acknowledgementClock(Clock.Time time) {
        return new Clock(time, promise.acknowledge());
    }

    Clock resolutionClock(Clock.Time time) {
        return new Clock(promise.dueGiven() ? Clock.Time.ALWAYS : time, promise.resolve());
    }

    @Nullable Instant acknowledgedAt() {
        var acknowledged = steps.size() > 1 && steps.get(1).state() != State.WITHDRAWN;
        return acknowledged ? steps.get(1).since() : null;
    }

    @Nullable Instant resolvedAt() {
        return switch (state()) {
            case RESOLVED -> steps.getLast().since();
            case CLOSED -> steps.get(steps.size() - 2).since();
            case RECEIVED, ACKNOWLEDGED, INVESTIGATING, WAITING_FOR_CUSTOMER, REOPENED, WITHDRAWN ->
                    null;
        };
    }

    @Nullable Instant closedAt() {
        return switch (state()) {
            case CLOSED, WITHDRAWN -> steps.getLast().since();
            case RECEIVED, ACKNOWLEDGED, INVESTIGATING, WAITING_FOR_CUSTOMER, REOPENED, RESOLVED ->
                    null;
        };
    }

    Course then(State state, Instant since) {
        var more = new ArrayList<>(steps);
        more.add(new Stage(state, since));
        return new Course(id, receipt, customer, promise, more, told);
    }

    Course promising(Promise other) {
        return new Course(id, receipt, customer, other, steps, told);
    }

    Course telling(Told now) {
        return new Course(id, receipt, customer, promise, steps, now);
    }
}
