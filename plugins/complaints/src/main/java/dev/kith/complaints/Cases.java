package dev.kith.complaints;

import dev.kith.api.Personal;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.complaints.Course.Promise;
import dev.kith.complaints.Message.Author;
import dev.kith.complaints.State.Need;
import dev.kith.complaints.Watch.Watched;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a case goes from state to state, and what is announced of it. */
final class Cases {

    /**
     * Open cases that one firing moves to a new version of their calendar. Each may turn out to be
     * overdue on both clocks, and one transaction publishes 500 events.
     */
    static final int MOVED_MAX = 250;

    /** The payload of every topic of a step. */
    record Stepped(UUID caseId, String receipt, @Nullable Boolean inTime) {}

    /** {@code message.requested}: the customer is to be told. */
    record MessageRequested(UUID messageId, String purpose, String template, Facts data) {}

    record Facts(String receipt, @Personal URI link) {}

    private final ComplaintsConfig config;
    private final Calendars calendars;

    Cases(ComplaintsConfig config, Calendars calendars) {
        this.config = config;
        this.calendars = calendars;
    }

    /** Now, as it is stored and answered. */
    static Instant now(Read read) {
        return read.now().truncatedTo(ChronoUnit.MILLIS);
    }

    Case find(Read read, Request request) {
        return CaseTable.find(read, request.id("case"));
    }

    /** Goes one step further. Whoever asks for where the case stands already changes nothing. */
    Case step(Transaction tx, Request request, Case.Step step) {
        var course = CaseTable.lock(tx, request.id("case"));
        if (course.state() == step.to()) {
            return CaseTable.find(tx, course.id());
        }
        check(course.state(), step.to(), step.note(), "");
        if (step.note() != null) {
            CaseTable.say(
                    tx,
                    course.id(),
                    new Message(
                            tx.newId(),
                            step.to().noteSeenBy(),
                            Author.STAFF,
                            tx.actor().name(),
                            step.note(),
                            now(tx)));
        }
        go(tx, course, step.to());
        return CaseTable.find(tx, course.id());
    }

    /** Refuses a step that the table does not have, or that lacks what it needs. */
    static void check(State from, State to, @Nullable String note, String place) {
        var need =
                from.need(to)
                        .orElseThrow(() ->
                                StandardError.WRONG_STATE
                                        .because("the case is " + Texts.of(from))
                                        .with(
                                                "allowed",
                                                from.next().stream().map(Texts::of).toList()));
        if (need != Need.NOTHING && (note == null || note.isBlank())) {
            var why =
                    switch (need) {
                        case WORDS -> "needs words for the customer";
                        case REASON, NOTHING -> "needs a reason";
                    };
            throw ComplaintsError.NOTE_NEEDED
                    .because("the step to %s %s".formatted(Texts.of(to), why))
                    .at(place + "/note", "noteNeeded", why);
        }
    }

    private void go(Transaction tx, Course course, State to) {
        var watched = watched(tx, course.then(to, now(tx)));
        CaseTable.step(tx, watched.course());
        announce(tx, watched, to, now(tx));
        if (to == State.RESOLVED) {
            tell(tx, watched.course(), "complaints.resolved");
        }
    }

    /** Looks at the clocks of a case and keeps what they say. */
    private Watched watched(Transaction tx, Course course) {
        var watched = Watch.look(tx, course, calendars.time(tx, course.promise()));
        Watch.arm(tx, watched);
        CaseTable.update(tx, watched);
        return watched;
    }

    /** Publishes a step, if it has a topic. */
    static void announce(Transaction tx, Watched watched, State to, Instant occurredAt) {
        var topic = to.topic();
        if (topic == null) {
            return;
        }
        var due = watched.dues().resolution();
        var inTime = to == State.RESOLVED ? due == null || !occurredAt.isAfter(due) : null;
        var course = watched.course();
        tx.publish(
                topic,
                course.customer(),
                new Stepped(course.id(), course.receipt(), inTime),
                Stamp.at(occurredAt));
    }

    /** Asks for the customer to be told, with a link of its own to the status page. */
    static void tell(Transaction tx, Course course, String template) {
        var customer = course.customer();
        if (customer != null) {
            var data = new Facts(course.receipt(), tx.link(Visitors.link(tx, course)));
            var message = new MessageRequested(tx.newId(), "service", template, data);
            tx.publish(Vocabulary.MESSAGE_REQUESTED, customer, message);
        }
    }

    /** What the customer has to say ends the wait for it. */
    Message say(Transaction tx, Request request, Message.Draft draft) {
        var course = CaseTable.lock(tx, request.id("case"));
        return say(tx, course, draft);
    }

    Message say(Transaction tx, Course course, Message.Draft draft) {
        var staff = draft.author() == Author.STAFF;
        var message =
                new Message(
                        tx.newId(),
                        draft.visibility(),
                        draft.author(),
                        staff ? tx.actor().name() : null,
                        draft.text(),
                        now(tx));
        CaseTable.say(tx, course.id(), message);
        if (!staff && course.state() == State.WAITING_FOR_CUSTOMER) {
            go(tx, course, State.INVESTIGATING);
        }
        return message;
    }

    Stored<Case.Change> current(Transaction tx, Request request) {
        CaseTable.lock(tx, request.id("case"));
        var is = CaseTable.find(tx, request.id("case"));
        return new Stored<>(
                new Case.Change(is.subject(), is.severity(), is.queue(), is.assignee()),
                is.version());
    }

    /** A new severity is a new promise, from the beginning. */
    Case change(Transaction tx, Request request, Case.Change change) {
        var course = CaseTable.lock(tx, request.id("case"));
        var before = CaseTable.find(tx, course.id());
        CaseTable.change(tx, course.id(), change);
        if (before.severity() != change.severity()) {
            course = course.promising(promise(change.severity(), course.promise()));
        }
        watched(tx, course);
        return CaseTable.find(tx, course.id());
    }

    private Promise promise(Case.Severity severity, Promise before) {
        var target = config.target(severity);
        return new Promise(
                before.calendar(),
                before.calendarVersion(),
                target.acknowledge(),
                before.dueGiven() ? before.resolve() : target.resolve(),
                before.dueGiven());
    }

    /** The timer's: a clock may have run out. */
    void due(Transaction tx, Case.Id key) {
        CaseTable.lockIfThere(tx, key.id()).ifPresent(course -> watched(tx, course));
    }

    /** The timer's: open cases follow the new version of their calendar. */
    void move(Transaction tx, Calendars.Moved key) {
        var latest = calendars.current(tx, key.calendar());
        var behind = Calendars.behind(tx, latest, MOVED_MAX);
        for (var id : behind) {
            var course = CaseTable.lock(tx, id);
            var was = course.promise();
            var moved =
                    new Promise(
                            was.calendar(),
                            (int) latest.version(),
                            was.acknowledge(),
                            was.resolve(),
                            was.dueGiven());
            watched(tx, course.promising(moved));
        }
        if (behind.size() == MOVED_MAX) {
            // At a later moment than this one, so that it is another firing.
            tx.later(tx.now().plusSeconds(1), "move", key);
        }
    }

    Sla sla(Read read, Request request) {
        var course = CaseTable.course(read, request.id("case"));
        var time = calendars.time(read, course.promise());
        return Sla.of(course, time, now(read));
    }
}
