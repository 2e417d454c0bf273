package dev.kith.complaints;

import dev.kith.api.Crm;
import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.complaints.Case.Draft;
import dev.kith.complaints.Course.Promise;
import dev.kith.complaints.Course.Stage;
import dev.kith.complaints.Course.Told;
import dev.kith.complaints.IntakeTable.Opened;
import dev.kith.complaints.Message.Author;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How cases come in: now, or from a time before Kith with all that has happened since. */
final class Intake implements Crm.Lines<Draft, Draft, Intake.Taken> {

    enum Status {
        RECORDED,
        /** There is a case with this reference already. */
        DUPLICATE
    }

    /** What became of a line. */
    record Taken(UUID id, String receipt, Status status) {}

    private final ComplaintsConfig config;
    private final Calendars calendars;
    private final Permission backdate;

    Intake(ComplaintsConfig config, Calendars calendars, Permission backdate) {
        this.config = config;
        this.calendars = calendars;
        this.backdate = backdate;
    }

    Case create(Transaction tx, Request request, Draft draft) {
        if (draft.backdated() && !request.may(backdate)) {
            throw StandardError.FORBIDDEN.because(
                    "receivedAt, dueAt and steps need the permission " + backdate.name());
        }
        check(tx, draft);
        return CaseTable.find(tx, receive(tx, draft).id());
    }

    /** A new case; whoever complains is told its number. */
    Course receive(Transaction tx, Draft draft) {
        var opened = new ArrayList<Opened>();
        if (take(tx, List.of(draft), opened).getFirst().status() == Status.DUPLICATE) {
            throw ComplaintsError.REFERENCE_TAKEN
                    .because("another case has this reference")
                    .at("/reference", "referenceTaken", "another case has it");
        }
        var course = opened.getFirst().watched().course();
        if (!draft.backdated()) {
            Cases.tell(tx, course, "complaints.received");
        }
        return course;
    }

    @Override
    public List<Crm.Prepared<Draft>> prepare(Read read, Request request, List<Draft> lines) {
        var prepared = new ArrayList<Crm.Prepared<Draft>>(lines.size());
        for (var line : lines) {
            try {
                check(read, line);
                prepared.add(Crm.Prepared.of(line.customerId(), line));
            } catch (Problem refusal) {
                prepared.add(Crm.Prepared.refused(refusal));
            }
        }
        return prepared;
    }

    @Override
    public List<Crm.Applied<Taken>> apply(Transaction tx, Request request, List<Draft> lines) {
        return take(tx, lines, new ArrayList<>()).stream().map(Crm.Applied::done).toList();
    }

    /** Takes each draft whose reference is new, and puts what it became into {@code opened}. */
    private List<Taken> take(Transaction tx, List<Draft> drafts, List<Opened> opened) {
        var known = IntakeTable.known(tx, drafts);
        var receipts = IntakeTable.receipts(tx, drafts.size()).iterator();
        var calendar = calendars.current(tx, config.calendar());
        var answers = new ArrayList<Taken>(drafts.size());
        for (var draft : drafts) {
            var before = draft.reference() == null ? null : known.get(draft.reference());
            if (before == null) {
                var fresh = open(tx, draft, receipts.next(), calendar);
                opened.add(fresh);
                before = fresh.taken(Status.DUPLICATE);
                if (draft.reference() != null) {
                    known.put(draft.reference(), before);
                }
                before = fresh.taken(Status.RECORDED);
            }
            answers.add(before);
        }
        IntakeTable.insert(tx, opened);
        return answers;
    }

    private Opened open(Transaction tx, Draft draft, String receipt, Calendars.Named calendar) {
        var course =
                new Course(
                        tx.newId(),
                        receipt,
                        draft.customerId(),
                        promise(draft, receivedAt(tx, draft), calendar),
                        stages(tx, draft),
                        Told.NOTHING);
        tx.publish(
                "complaint.received",
                course.customer(),
                new Cases.Stepped(course.id(), receipt, null),
                Stamp.at(course.receivedAt()));
        var watched = Watch.look(tx, course, calendar.calendar().time(tx.zone()));
        for (var stage : course.steps().subList(1, course.steps().size())) {
            Cases.announce(tx, watched, stage.state(), stage.since());
        }
        if (watched.lookAgainAt() != null) {
            Watch.arm(tx, watched);
        }
        return new Opened(draft, watched, messages(tx, draft));
    }

    private Promise promise(Draft draft, Instant receivedAt, Calendars.Named calendar) {
        var target = config.target(draft.severity());
        var due = draft.dueAt();
        return new Promise(
                calendar.name(),
                (int) calendar.version(),
                target.acknowledge(),
                due == null ? target.resolve() : Duration.between(receivedAt, due),
                due != null);
    }

    private static List<Stage> stages(Transaction tx, Draft draft) {
        var stages = new ArrayList<Stage>();
        stages.add(new Stage(State.RECEIVED, receivedAt(tx, draft)));
        draft.steps().forEach(step -> stages.add(new Stage(step.to(), step.occurredAt())));
        return stages;
    }

    private static Instant receivedAt(Read read, Draft draft) {
        return draft.receivedAt() == null
                ? read.now().truncatedTo(ChronoUnit.MILLIS)
                : draft.receivedAt();
    }

    private static List<Message> messages(Transaction tx, Draft draft) {
        return draft.steps().stream()
                .filter(step -> step.note() != null)
                .map(step ->
                        new Message(
                                tx.newId(),
                                step.to().noteSeenBy(),
                                Author.STAFF,
                                tx.actor().name(),
                                Objects.requireNonNull(step.note()),
                                step.occurredAt()))
                .toList();
    }

    private static void check(Read read, Draft draft) {
        var before = receivedAt(read, draft);
        if (before.isAfter(read.now())) {
            throw outOfOrder("/receivedAt", "lies in the future");
        }
        if (draft.dueAt() != null && draft.dueAt().isBefore(before)) {
            throw outOfOrder("/dueAt", "lies before the case was received");
        }
        var state = State.RECEIVED;
        for (var i = 0; i < draft.steps().size(); i++) {
            var step = draft.steps().get(i);
            var place = "/steps/" + i;
            if (step.occurredAt().isBefore(before) || step.occurredAt().isAfter(read.now())) {
                throw outOfOrder(place + "/occurredAt", "lies before what came before, or ahead");
            }
            Cases.check(state, step.to(), step.note(), place);
            state = step.to();
            before = step.occurredAt();
        }
        customer(read, draft.customerId());
    }

    private static void customer(Read read, @Nullable CustomerId customer) {
        try {
            if (customer != null) {
                read.customer(customer);
            }
        } catch (Problem e) {
            throw StandardError.UNKNOWN_REFERENCE
                    .because("there is no such customer")
                    .at("/customerId", "unknownReference", "there is no such customer");
        }
    }

    private static Problem outOfOrder(String place, String why) {
        return ComplaintsError.TIMES_OUT_OF_ORDER
                .because("the times do not follow one another")
                .at(place, "timesOutOfOrder", why);
    }
}
