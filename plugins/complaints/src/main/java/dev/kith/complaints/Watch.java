package dev.kith.complaints;

import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.complaints.Clock.Activity;
import dev.kith.complaints.Clock.Phase;
import dev.kith.complaints.Clock.Verdict;
import dev.kith.complaints.Course.Told;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps an eye on the clocks of a case: when they are due, and that it is told once if they are. */
final class Watch {

    /** The due time of what is never due. */
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /** The topic's payload. */
    record Overdue(UUID caseId, String receipt, String target, Instant dueAt) {}

    /**
     * When the clocks are due.
     *
     * @param next the first of those that run
     */
    record Dues(@Nullable Instant acknowledgement, @Nullable Instant resolution, Instant next) {}

    /**
     * A course with what has been told of it.
     *
     * @param lookAgainAt when the next clock runs out, if none stops it
     */
    record Watched(Course course, Dues dues, @Nullable Instant lookAgainAt) {}

    private Watch() {}

    private record Read(Phase last, @Nullable Instant due, Verdict verdict, boolean told) {

        static Read of(Clock clock, List<Phase> phases, Instant now, boolean told) {
            var due = clock.dueAt(phases, now);
            return new Read(phases.getLast(), due, Clock.verdict(phases.getLast(), due, now), told);
        }

        boolean isNews() {
            return verdict == Verdict.BREACHED && !told;
        }

        boolean runs() {
            return due != null && last.activity() == Activity.RUNS;
        }

        Instant dueOrNever() {
            return due == null ? NEVER : due;
        }
    }

    /** Reads the clocks in the time of the promise, and tells what has become overdue. */
    static Watched look(Transaction tx, Course course, Clock.Time time) {
        var now = Cases.now(tx);
        var told = course.told();
        var acknowledgement =
                Read.of(
                        course.acknowledgementClock(time),
                        course.acknowledging(),
                        now,
                        told.acknowledgement());
        var resolution =
                Read.of(course.resolutionClock(time), course.resolving(), now, told.resolution());
        tell(tx, course, "acknowledgement", acknowledgement);
        tell(tx, course, "resolution", resolution);
        return new Watched(
                course.telling(
                        new Told(
                                told.acknowledgement() || acknowledgement.isNews(),
                                told.resolution() || resolution.isNews())),
                new Dues(
                        acknowledgement.due(), resolution.due(), next(acknowledgement, resolution)),
                lookAgainAt(acknowledgement, resolution));
    }

    private static void tell(Transaction tx, Course course, String clock, Read read) {
        if (read.isNews()) {
            tx.publish(
                    Vocabulary.COMPLAINT_OVERDUE,
                    course.customer(),
                    new Overdue(course.id(), course.receipt(), clock, read.dueOrNever()),
                    Stamp.at(read.dueOrNever()));
        }
    }

    private static Instant next(Read... reads) {
        return Stream.of(reads)
                .filter(Read::runs)
                .map(Read::dueOrNever)
                .min(Instant::compareTo)
                .orElse(NEVER);
    }

    // Late is whoever is later than the due time itself: a moment behind it.
    private static @Nullable Instant lookAgainAt(Read... reads) {
        return Stream.of(reads)
                .filter(read -> read.verdict() == Verdict.RUNNING && read.runs())
                .map(read -> read.dueOrNever().plusMillis(1))
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Sets the timer of a case to when the next clock runs out. */
    static void arm(Transaction tx, Watched watched) {
        var key = new Case.Id(watched.course().id());
        var at = watched.lookAgainAt();
        if (at == null) {
            tx.cancel("due", key);
        } else {
            tx.later(at, "due", key);
        }
    }
}
