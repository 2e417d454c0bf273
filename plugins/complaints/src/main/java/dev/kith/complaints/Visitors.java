package dev.kith.complaints;

import static dev.kith.complaints.db.Tables.LINK;
import static dev.kith.complaints.db.Tables.MESSAGE;

import dev.kith.api.Personal;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Secret;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import dev.kith.complaints.Case.Channel;
import dev.kith.complaints.Case.Draft;
import dev.kith.complaints.Case.Severity;
import dev.kith.complaints.Message.Author;
import dev.kith.complaints.Message.Visibility;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The pages for whoever complains: one to do so, and one to see what became of it. */
final class Visitors {

    private static final int MESSAGES_MAX = 200;

    /** What somebody complains of. */
    record Complaint(
            @NotBlank @Size(max = Case.SUBJECT_MAX) @Personal String subject,
            @NotBlank @Size(max = Case.TEXT_MAX) @Personal String text,
            @Nullable @Size(max = Case.SUBJECT_MAX) @Personal String contact) {}

    /** What they have to say since. */
    record Reply(@NotBlank @Size(max = Message.TEXT_MAX) @Personal String text) {}

    private final Intake intake;
    private final Cases cases;

    Visitors(Intake intake, Cases cases) {
        this.intake = intake;
        this.cases = cases;
    }

    View form(Read read, Request request) {
        return View.of("complain.jte");
    }

    String complain(Transaction tx, Request request, Complaint complaint) {
        var draft =
                new Draft(
                        Channel.WEB,
                        complaint.subject(),
                        complaint.text(),
                        Severity.NORMAL,
                        null,
                        null,
                        complaint.contact(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of());
        return link(tx, intake.receive(tx, new Intake.Wanted(draft, null)));
    }

    /** A new address of the status page, for one reader. */
    static String link(Transaction tx, Course course) {
        var token = tx.newToken();
        tx.sql()
                .insertInto(LINK)
                .set(LINK.SECRET, token.sha256())
                .set(LINK.CASE_ID, course.id())
                .set(LINK.CREATED_AT, Cases.now(tx))
                .execute();
        return "/public/complaints/%s/%s".formatted(course.receipt(), token.reveal());
    }

    View status(Read read, Request request) {
        var complaint = opened(read, request);
        var isPublic =
                MESSAGE.CASE_ID
                        .eq(complaint.id())
                        .and(MESSAGE.VISIBILITY.eq(Visibility.PUBLIC.name()));
        return new View(
                "status.jte",
                Map.of(
                        "complaint",
                        complaint,
                        "messages",
                        CaseTable.latestMessages(read, isPublic, MESSAGES_MAX)));
    }

    String reply(Transaction tx, Request request, Reply reply) {
        var complaint = opened(tx, request);
        var said = new Message.Draft(reply.text(), Visibility.PUBLIC, Author.CUSTOMER);
        cases.say(tx, CaseTable.lock(tx, complaint.id()), said);
        return "/public/complaints/%s/%s".formatted(complaint.receipt(), request.path("token"));
    }

    // The number alone opens nothing: it is on paper, and easy to guess.
    private static Case opened(Read read, Request request) {
        UUID id =
                read.sql()
                        .select(LINK.CASE_ID)
                        .from(LINK)
                        .where(LINK.SECRET.eq(new Secret(request.path("token")).sha256()))
                        .fetchOptional(row -> row.value1())
                        .orElseThrow(Visitors::unknown);
        var complaint = CaseTable.find(read, id);
        if (!complaint.receipt().equals(request.path("receipt"))) {
            throw unknown();
        }
        return complaint;
    }

    private static dev.kith.api.Problem unknown() {
        return StandardError.NOT_FOUND.because("there is no such page");
    }
}
