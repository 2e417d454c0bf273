package dev.kith.complaints;

import dev.kith.api.Vocabulary;
import dev.kith.complaints.Clock.Activity;
import dev.kith.complaints.Message.Visibility;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a case stands, and the one table of what may follow. */
public enum State {
    RECEIVED(Activity.RUNS),
    ACKNOWLEDGED(Activity.RUNS),
    INVESTIGATING(Activity.RUNS),
    WAITING_FOR_CUSTOMER(Activity.WAITS),
    RESOLVED(Activity.RESTS),
    CLOSED(Activity.RESTS),
    REOPENED(Activity.RUNS),
    WITHDRAWN(Activity.DROPPED);

    static final Set<State> OPEN =
            Set.copyOf(
                    EnumSet.of(
                            RECEIVED, ACKNOWLEDGED, INVESTIGATING, WAITING_FOR_CUSTOMER, REOPENED));

    /** What a transition needs. */
    enum Need {
        NOTHING,
        /** A note that says why, for the colleagues. */
        REASON,
        /** A note that the complainant reads: the question that is asked, the answer that is given. */
        WORDS
    }

    private record Transition(Set<State> from, State to, Need need) {}

    private static final List<Transition> TRANSITIONS =
            List.of(
                    new Transition(EnumSet.of(RECEIVED), ACKNOWLEDGED, Need.NOTHING),
                    new Transition(
                            EnumSet.of(RECEIVED, ACKNOWLEDGED, WAITING_FOR_CUSTOMER, REOPENED),
                            INVESTIGATING,
                            Need.NOTHING),
                    new Transition(
                            EnumSet.of(RECEIVED, ACKNOWLEDGED, INVESTIGATING, REOPENED),
                            WAITING_FOR_CUSTOMER,
                            Need.WORDS),
                    new Transition(OPEN, RESOLVED, Need.WORDS),
                    new Transition(EnumSet.of(RESOLVED), CLOSED, Need.NOTHING),
                    new Transition(EnumSet.of(RESOLVED, CLOSED), REOPENED, Need.REASON),
                    new Transition(OPEN, WITHDRAWN, Need.REASON));

    private final Activity resolving;

    State(Activity resolving) {
        this.resolving = resolving;
    }

    /** What the clock of the resolution does meanwhile. */
    Activity resolving() {
        return resolving;
    }

    /** Where a case may go from here. */
    List<State> next() {
        return TRANSITIONS.stream()
                .filter(each -> each.from().contains(this))
                .map(Transition::to)
                .toList();
    }

    /** What going there needs; empty if there is no way. */
    Optional<Need> need(State to) {
        return TRANSITIONS.stream()
                .filter(each -> each.to() == to && each.from().contains(this))
                .map(Transition::need)
                .findFirst();
    }

    /** Who reads the note of a step to this state. */
    Visibility noteSeenBy() {
        return switch (this) {
            case WAITING_FOR_CUSTOMER, RESOLVED -> Visibility.PUBLIC;
            case RECEIVED, ACKNOWLEDGED, INVESTIGATING, CLOSED, REOPENED, WITHDRAWN ->
                    Visibility.INTERNAL;
        };
    }

    /** What is published when a case comes here, if anything. */
    @Nullable String topic() {
        return switch (this) {
            case RECEIVED -> Vocabulary.COMPLAINT_RECEIVED;
            case ACKNOWLEDGED -> "complaint.acknowledged";
            case RESOLVED -> Vocabulary.COMPLAINT_RESOLVED;
            case CLOSED -> Vocabulary.COMPLAINT_CLOSED;
            case REOPENED -> Vocabulary.COMPLAINT_REOPENED;
            case WITHDRAWN -> "complaint.withdrawn";
            case INVESTIGATING, WAITING_FOR_CUSTOMER -> null;
        };
    }
}
