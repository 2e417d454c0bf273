package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.INVITATION;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import dev.kith.surveys.Definition.Question;
import dev.kith.surveys.Invitation.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What somebody does who follows a link: one screen after the other, or all at once. */
public final class Answering {

    /** A question as it is shown, in the visitor's language. */
    public record Field(String id, String kind, Text text, boolean required, List<Choice> choices) {
        public Field {
            choices = List.copyOf(choices);
        }
    }

    /** An answer to tick: an option, or a number on a scale. */
    public record Choice(String value, Text text) {}

    private static final Text NOTHING = Text.of("");

    private final KnownQuestions known;
    private final Documents documents;
    private final Quotas quotas;
    private final Responses responses;

    Answering(KnownQuestions known, Documents documents, Quotas quotas, Responses responses) {
        this.known = known;
        this.documents = documents;
        this.quotas = quotas;
        this.responses = responses;
    }

    private Asked asked(Read read, Request request, boolean lock) {
        return Asked.find(read, request, known, documents, lock);
    }

    // From a program.

    Response.Receipt answer(Transaction tx, Request request, Response.Given input) {
        var asked = asked(tx, request, true).requireOpen();
        var answers = asked.questions().accept(documents.values(input.answers()));
        return new Response.Receipt(responses.take(tx, asked, answers));
    }

    // From a person.

    View page(Read read, Request request) {
        var asked = asked(read, request, false).requireOpen();
        var definition = asked.questions().definition();
        var at = request.query("at", String.class);
        var seen =
                at.map(question -> asked.questions().before(question, asked.seen()))
                        .orElse(asked.seen());
        var first = seen.isEmpty();
        var fields = asked.questions().screen(seen).stream().map(Answering::field).toList();
        return new View(
                "form.jte",
                Map.of(
                        "title",
                        definition.title(),
                        "again",
                        first ? "" : definition.questions().getFirst().id(),
                        "introduction",
                        first ? words(definition.introduction()) : NOTHING,
                        "fields",
                        fields));
    }

    private static Text words(@Nullable Text text) {
        return text == null ? NOTHING : text;
    }

    private static Field field(Question question) {
        var kind = question.kind();
        var choices =
                kind.scale()
                        ? IntStream.rangeClosed(kind.lowest(), kind.highest())
                                .mapToObj(Integer::toString)
                                .map(number -> new Choice(number, Text.of(number)))
                                .toList()
                        : question.choices().stream()
                                .map(option -> new Choice(option.id(), option.text()))
                                .toList();
        return new Field(
                question.id(), kind.text(), question.text(), question.isRequired(), choices);
    }

    /** Takes one screen and says where to go on. */
    String submit(Transaction tx, Request request, Response.Screenful input) {
        var asked = asked(tx, request, true).requireOpen();
        var questions = asked.questions();
        var seen = questions.before(input.at(), asked.seen());
        var screen = questions.screen(seen);
        seen.putAll(questions.accept(screen, documents.values(input.given())));
        var answers = answered(seen);
        var here = Invitations.PUBLIC_PATH + request.path("token");
        var full = quotas.full(tx, asked.questionnaire().id(), questions, answers);
        if (full.isPresent()) {
            Responses.screenOut(tx, asked, full.get());
            return here + "/end";
        }
        if (!questions.screen(seen).isEmpty()) {
            keep(tx, asked, seen);
            return here;
        }
        responses.take(tx, asked, questions.accept(answers));
        return here + "/end";
    }

    private static Map<String, Object> answered(Map<String, @Nullable Object> seen) {
        var answers = new LinkedHashMap<String, Object>();
        seen.forEach((question, answer) -> {
            if (answer != null) {
                answers.put(question, answer);
            }
        });
        return answers;
    }

    private void keep(Transaction tx, Asked asked, Map<String, @Nullable Object> seen) {
        tx.sql()
                .update(INVITATION)
                .set(INVITATION.PROGRESS, documents.write(seen))
                .where(INVITATION.ID.eq(asked.invitation().id()))
                .execute();
    }

    /** What stands at the end: thanks, or why nothing can be answered here. */
    View end(Read read, Request request) {
        var asked = asked(read, request, false);
        var thanks =
                asked.invitation().state() == State.ANSWERED
                        ? words(asked.questions().definition().thanks())
                        : NOTHING;
        return new View(
                "end.jte", Map.of("state", asked.invitation().state().text(), "thanks", thanks));
    }
}
