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
import dev.kith.api.Vocabulary;
import dev.kith.complaints.Case.Draft;
import dev.kith.complaints.Course.Promise;
import dev.kith.complaints.Course.Stage;
import dev.kith.complaints.Course.Told;
import dev.kith.complaints.IntakeTable.Opened;
import dev.kith.complaints.Message.Author;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How cases come in: now, or from a time before Kith with all that has happened since. */
final class Intake implements Crm.Lines<Draft, Intake.Wanted, Intake.Taken> {

    enum Status {
        RECORDED,
        /** There is a case with this reference already. */
        DUPLICATE
    }

    /** What became of a line. */
    record Taken(UUID id, String receipt, Status status) {}

    /** The topic's payload. */
    record Received(UUID caseId, String receipt, Case.Channel channel, Case.Severity severity) {}

    /** A draft that can be taken, and whose it is. */
    record Wanted(Draft draft, @Nullable CustomerId customer) {}

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
        var customer = tx.people(List.of(draft)).find(draft).orElse(null);
        var course = receive(tx, new Wanted(draft, customer));
        if (!draft.backdated()) {
            Cases.tell(tx, course, "complaints.received");
        }
        return CaseTable.find(tx, course.id());
    }

    Course receive(Transaction tx, Wanted wanted) {
        var opened = new ArrayList<Opened>();
        if (take(tx, List.of(wanted), opened).getFirst().status() == Status.DUPLICATE) {
            throw ComplaintsError.REFERENCE_TAKEN
                    .because("another case has this reference")
                    .at("/reference", "referenceTaken", "another case has it");
        }
        return opened.getFirst().watched().course();
    }

    @Override
    public List<Crm.Prepared<Wanted>> prepare(Read read, Request request, List<Draft> lines) {
        var people = read.people(lines);
        var prepared = new ArrayList<Crm.Prepared<Wanted>>(lines.size());
        for (var line : lines) {
            try {
                check(read, line);
                var customer = people.find(line).orElse(null);
                prepared.add(Crm.Prepared.of(customer, new Wanted(line, customer)));
            } catch (Problem refusal) {
                prepared.add(Crm.Prepared.refused(refusal));
            }
        }
        return prepared;
    }

    @Override
    public List<Crm.Applied<Taken>> apply(Transaction tx, Request request, List<Wanted> lines) {
        return take(tx, lines, new ArrayList<>()).stream().map(Crm.Applied::done).toList();
    }

    /** Takes each draft whose reference is new, and puts what it became into {@code opened}. */
    private List<Taken> take(Transaction tx, List<Wanted> drafts, List<Opened> opened) {
        var known = IntakeTable.known(tx, drafts);
        var receipts = IntakeTable.receipts(tx, drafts.size()).iterator();
        var calendar = calendars.current(tx, config.calendar());
        var answers = new ArrayList<Taken>(drafts.size());
        for (var wanted : drafts) {
            var draft = wanted.draft();
            var before = draft.reference() == null ? null : known.get(draft.reference());
            if (before == null) {
                var fresh = open(tx, wanted, receipts.next(), calendar);
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

    private Opened open(Transaction tx, Wanted wanted, String receipt, Calendars.Named calendar) {
        var draft = wanted.draft();
        var course =
                new Course(
                        tx.newId(),
                        receipt,
                        wanted.customer(),
                        promise(draft, receivedAt(tx, draft), calendar),
                        stages(tx, draft),
                        Told.NOTHING);
        tx.publish(
                Vocabulary.COMPLAINT_RECEIVED,
                course.customer(),
                new Received(course.id(), receipt, draft.channel(), draft.severity()),
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
        return draft.receivedAt() == null ? Cases.now(read) : draft.receivedAt();
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
    }

    private static Problem outOfOrder(String place, String why) {
        return ComplaintsError.TIMES_OUT_OF_ORDER
                .because("the times do not follow one another")
                .at(place, "timesOutOfOrder", why);
    }
}
