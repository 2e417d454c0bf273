package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.INVITATION;
import static dev.kith.surveys.db.Tables.RESPONSE;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.surveys.Definition.Kind;
import dev.kith.surveys.Invitation.State;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Keeps what was answered, and does what follows from it. */
final class Responses {

    private final Quotas quotas;
    private final FollowUps followUps;

    Responses(Quotas quotas, FollowUps followUps) {
        this.quotas = quotas;
        this.followUps = followUps;
    }

    /**
     * Takes the answers to an invitation that is locked, once.
     *
     * @param answers checked
     */
    State take(Transaction tx, Asked asked, Map<String, Object> answers) {
        var full = quotas.take(tx, asked.questionnaire().id(), asked.questions(), answers);
        if (full.isPresent()) {
            return screenOut(tx, asked, full.get());
        }
        spend(tx, asked, State.ANSWERED);
        ResponseTable.insert(tx, asked, answers);
        var event = tellAnswered(tx, asked, answers);
        var points = asked.questions().definition().thanksPoints();
        if (points != null) {
            thank(tx, asked, points, event);
        }
        if (asked.questions().low(answers)) {
            followUps.open(tx, asked.invitation().id(), asked.invitation().customerId(), event);
        }
        return State.ANSWERED;
    }

    /** Ends an invitation of whom enough have answered; what was said is not kept. */
    static State screenOut(Transaction tx, Asked asked, Quota full) {
        spend(tx, asked, State.SCREENED_OUT);
        tx.publish(
                "survey.screenedOut",
                asked.invitation().customerId(),
                new Payloads.ScreenedOut(
                        asked.invitation().id(), asked.questionnaire().key(), full.id()),
                new Stamp(null, null, asked.event()));
        return State.SCREENED_OUT;
    }

    private static void spend(Transaction tx, Asked asked, State state) {
        tx.sql()
                .update(INVITATION)
                .set(INVITATION.STATE, state.text())
                .setNull(INVITATION.PROGRESS)
                .where(INVITATION.ID.eq(asked.invitation().id()))
                .execute();
    }

    private static UUID tellAnswered(Transaction tx, Asked asked, Map<String, Object> answers) {
        var invitation = asked.invitation();
        return tx.publish(
                Vocabulary.SURVEY_ANSWERED,
                invitation.customerId(),
                new Payloads.Answered(
                        invitation.id(),
                        invitation.questionnaireId(),
                        asked.questionnaire().key(),
                        invitation.version(),
                        asked.questions().first(Kind.NPS, answers),
                        asked.questions().first(Kind.CSAT, answers)),
                new Stamp(null, "answered-" + invitation.id(), asked.event()));
    }

    // The reward has the response's id, so however often it is asked for it is granted once.
    private static void thank(Transaction tx, Asked asked, long points, UUID event) {
        var id = asked.invitation().id();
        tx.publish(
                Vocabulary.REWARD_REQUESTED,
                asked.invitation().customerId(),
                new Payloads.RewardRequested(id, "points", points, "survey"),
                new Stamp(null, "thanks-" + id, event));
    }

    Page<Response> list(Read read, Request request) {
        var questionnaire = request.query("questionnaireId", UUID.class);
        var customer = request.query("customerId", UUID.class).map(CustomerId::new);
        var after = request.after().map(UUID::fromString);
        var rows =
                ResponseTable.fetch(
                        read,
                        questionnaire
                                .map(RESPONSE.QUESTIONNAIRE_ID::eq)
                                .orElse(noCondition())
                                .and(customer.map(RESPONSE.CUSTOMER_ID::eq).orElse(noCondition()))
                                .and(after.map(RESPONSE.ID::lt).orElse(noCondition())),
                        request.limit() + 1);
        return Page.of(rows, request.limit(), each -> each.id().toString());
    }

    Map<CustomerId, Long> lastNps(Read read, Set<CustomerId> customers) {
        return ResponseTable.last(read, customers, RESPONSE.NPS);
    }

    Map<CustomerId, Long> lastCsat(Read read, Set<CustomerId> customers) {
        return ResponseTable.last(read, customers, RESPONSE.CSAT);
    }
}
