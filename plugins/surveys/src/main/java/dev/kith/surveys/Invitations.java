package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.CONTACT;
import static dev.kith.surveys.db.Tables.INVITATION;
import static dev.kith.surveys.db.Tables.QUESTIONNAIRE;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Secret;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.surveys.Invitation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Asking a customer: who may be asked now, and by which link. */
final class Invitations {

    /** Where an invitation is answered. */
    static final String PUBLIC_PATH = "/public/surveys/invitations/";

    private final SurveysConfig config;
    private final KnownQuestions known;

    /**
     * Why somebody is asked.
     *
     * @param trigger and the event; neither if somebody decided it
     */
    record Reason(@Nullable String trigger, @Nullable UUID event) {

        static final Reason DECIDED = new Reason(null, null);
    }

    Invitations(SurveysConfig config, KnownQuestions known) {
        this.config = config;
        this.known = known;
    }

    Invitation invite(Transaction tx, Request request, Invitation.NewInvitation input) {
        var customer = tx.customerOf(input);
        var questionnaire =
                QuestionnaireTable.chosen(tx.sql(), QUESTIONNAIRE.ID.eq(input.questionnaireId()))
                        .fetchOptional(QuestionnaireTable::questionnaire)
                        .orElseThrow(() ->
                                StandardError.UNKNOWN_REFERENCE
                                        .because("there is no such questionnaire")
                                        .at("/questionnaireId", "unknownReference", "not there"));
        requirePublished(questionnaire);
        var despite = Boolean.TRUE.equals(input.despiteCoolDown());
        if (!mayAsk(tx, customer, despite ? noCondition() : cooledDown(tx))) {
            throw SurveysError.COOLING_DOWN.because(
                    "the customer was invited within the cool-down, " + config.coolDown());
        }
        var lasts =
                input.expiresAfterSeconds() == null
                        ? config.linkLasts()
                        : Duration.ofSeconds(input.expiresAfterSeconds());
        var send = !Boolean.FALSE.equals(input.send());
        return write(tx, questionnaire, customer, Reason.DECIDED, lasts, send);
    }

    private static void requirePublished(Questionnaire questionnaire) {
        if (questionnaire.state() != Questionnaire.State.PUBLISHED) {
            throw StandardError.WRONG_STATE
                    .because("the questionnaire is " + questionnaire.state().text())
                    .with("allowed", List.of(Questionnaire.State.PUBLISHED.text()));
        }
    }

    /** Asks by itself; a customer who may not be asked now is asked nothing. */
    boolean invite(Transaction tx, Questionnaire questionnaire, CustomerId customer, Reason why) {
        if (!mayAsk(tx, customer, cooledDown(tx))) {
            return false;
        }
        write(tx, questionnaire, customer, why, config.linkLasts(), true);
        return true;
    }

    private Condition cooledDown(Transaction tx) {
        return CONTACT.INVITED_AT.le(tx.now().minus(config.coolDown()));
    }

    // One row per customer, and the condition in the update itself: of two that want to ask at
    // once,
    // on whichever questionnaires, one finds that the other has.
    private static boolean mayAsk(Transaction tx, CustomerId customer, Condition again) {
        return tx.sql()
                        .insertInto(CONTACT)
                        .set(CONTACT.CUSTOMER_ID, customer)
                        .set(CONTACT.INVITED_AT, tx.now())
                        .onConflict(CONTACT.CUSTOMER_ID)
                        .doUpdate()
                        .set(CONTACT.INVITED_AT, tx.now())
                        .where(again)
                        .execute()
                == 1;
    }

    private Invitation write(
            Transaction tx,
            Questionnaire of,
            CustomerId customer,
            Reason why,
            Duration lasts,
            boolean send) {
        var token = tx.newToken();
        var now = tx.now();
        var invitation =
                new Invitation(
                        tx.newId(),
                        of.id(),
                        Objects.requireNonNull(of.publishedVersion()),
                        customer,
                        State.INVITED,
                        why.trigger(),
                        tx.link(PUBLIC_PATH + token.reveal()),
                        now,
                        now.plus(lasts));
        var event =
                tx.publish(
                        Vocabulary.SURVEY_INVITED,
                        customer,
                        new Payloads.Invited(
                                invitation.id(),
                                of.id(),
                                of.key(),
                                invitation.version(),
                                why.trigger()),
                        new Stamp(null, null, why.event()));
        insert(tx, invitation, token, why.event(), event);
        if (send) {
            message(tx, invitation, event);
        }
        return invitation;
    }

    private static void insert(
            Transaction tx, Invitation invitation, Secret token, @Nullable UUID cause, UUID event) {
        tx.sql()
                .insertInto(INVITATION)
                .set(INVITATION.ID, invitation.id())
                .set(INVITATION.QUESTIONNAIRE_ID, invitation.questionnaireId())
                .set(INVITATION.VERSION, invitation.version())
                .set(INVITATION.CUSTOMER_ID, invitation.customerId())
                .set(INVITATION.ORIGINAL_CUSTOMER_ID, invitation.customerId().value())
                .set(INVITATION.STATE, State.INVITED.text())
                .set(INVITATION.TOKEN_HASH, token.sha256())
                .set(INVITATION.TRIGGER, invitation.trigger())
                .set(INVITATION.CAUSE_ID, cause)
                .set(INVITATION.EVENT_ID, event)
                .set(INVITATION.INVITED_AT, invitation.invitedAt())
                .set(INVITATION.EXPIRES_AT, invitation.expiresAt())
                .execute();
    }

    private void message(Transaction tx, Invitation invitation, UUID event) {
        var title =
                known.published(tx, invitation.questionnaireId(), invitation.version())
                        .definition()
                        .title();
        var data =
                new Payloads.InvitationMessage(
                        title, Objects.requireNonNull(invitation.link()), invitation.expiresAt());
        tx.publish(
                Vocabulary.MESSAGE_REQUESTED,
                invitation.customerId(),
                new Payloads.MessageRequested(
                        invitation.id(), "surveys", "surveys.invitation", data),
                new Stamp(null, "invitation-" + invitation.id(), event));
    }

    Invitation find(Read read, Request request) {
        return read.sql()
                .select(INVITATION.fields())
                .from(INVITATION)
                .where(INVITATION.ID.eq(request.id("invitation")))
                .fetchOptional(row -> invitation(row, read.now()))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such invitation"));
    }

    Page<Invitation> list(Read read, Request request) {
        var questionnaire = request.query("questionnaireId", UUID.class);
        var customer = request.query("customerId", UUID.class).map(CustomerId::new);
        var after = request.after().map(UUID::fromString);
        var rows =
                read.sql()
                        .select(INVITATION.fields())
                        .from(INVITATION)
                        .where(
                                questionnaire
                                        .map(INVITATION.QUESTIONNAIRE_ID::eq)
                                        .orElse(noCondition()))
                        .and(customer.map(INVITATION.CUSTOMER_ID::eq).orElse(noCondition()))
                        .and(after.map(INVITATION.ID::lt).orElse(noCondition()))
                        .orderBy(INVITATION.ID.desc())
                        .limit(request.limit() + 1)
                        .fetch(row -> invitation(row, read.now()));
        return Page.of(rows, request.limit(), each -> each.id().toString());
    }

    static Invitation invitation(org.jooq.Record row, Instant now) {
        var expiresAt = row.get(INVITATION.EXPIRES_AT);
        return new Invitation(
                row.get(INVITATION.ID),
                row.get(INVITATION.QUESTIONNAIRE_ID),
                row.get(INVITATION.VERSION),
                row.get(INVITATION.CUSTOMER_ID),
                State.of(row.get(INVITATION.STATE), expiresAt, now),
                row.get(INVITATION.TRIGGER),
                null,
                row.get(INVITATION.INVITED_AT),
                expiresAt);
    }
}
