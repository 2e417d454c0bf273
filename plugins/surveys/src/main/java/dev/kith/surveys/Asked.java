package dev.kith.surveys;

import static dev.kith.surveys.db.Tables.INVITATION;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Secret;
import dev.kith.api.StandardError;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who follows a link, and what is asked there.
 *
 * @param event the one that told of the invitation
 * @param seen the answers so far, null for a question that was left blank
 */
record Asked(
        Invitation invitation,
        Questionnaire questionnaire,
        Questions questions,
        UUID event,
        Map<String, @Nullable Object> seen) {

    /**
     * @param lock whether the invitation is to be answered, which only one may do at a time
     * @throws dev.kith.api.Problem {@code notFound} for a link that never was
     */
    static Asked find(
            Read read, Request request, KnownQuestions known, Documents documents, boolean lock) {
        var hash = new Secret(request.path("token")).sha256();
        var select =
                read.sql()
                        .select(INVITATION.fields())
                        .from(INVITATION)
                        .where(INVITATION.TOKEN_HASH.eq(hash));
        var row = (lock ? select.forUpdate() : select).fetchOptional();
        if (row.isEmpty()) {
            throw StandardError.NOT_FOUND.because("there is no such link");
        }
        var invitation = Invitations.invitation(row.get(), read.now());
        return new Asked(
                invitation,
                QuestionnaireTable.find(read.sql(), invitation.questionnaireId()),
                known.published(read, invitation.questionnaireId(), invitation.version()),
                row.get().get(INVITATION.EVENT_ID),
                documents.values(row.get().get(INVITATION.PROGRESS)));
    }

    /** Whether this invitation can be answered now. */
    boolean isOpen() {
        return invitation.state() == Invitation.State.INVITED
                && questionnaire.state() == Questionnaire.State.PUBLISHED;
    }

    Asked requireOpen() {
        if (!isOpen()) {
            throw SurveysError.LINK_SPENT.because(
                    "the link was used, is too old, or its questionnaire is closed");
        }
        return this;
    }
}
