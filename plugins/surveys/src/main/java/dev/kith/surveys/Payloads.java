package dev.kith.surveys;

import dev.kith.api.Personal;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What surveys write into events. */
final class Payloads {

    private Payloads() {}

    /**
     * @param questionnaire its key
     * @param trigger the one that led to it, if any
     */
    record Invited(
            UUID invitationId,
            UUID questionnaireId,
            String questionnaire,
            int version,
            @Nullable String trigger) {}

    /**
     * A trigger that asked nobody.
     *
     * @param reason {@code notPublished}, {@code coolingDown}, {@code archived} or {@code
     *     factUnavailable}
     */
    record Suppressed(String questionnaire, String trigger, String reason) {}

    /**
     * @param nps the answer to the first question of that kind, if it was answered; so {@code csat}
     */
    record Answered(
            UUID responseId,
            UUID questionnaireId,
            String questionnaire,
            int version,
            @Nullable Long nps,
            @Nullable Long csat) {}

    /** Enough people like this one have answered. */
    record ScreenedOut(UUID invitationId, String questionnaire, UUID quotaId) {}

    record FollowUpMoved(UUID followUpId, UUID responseId) {}

    /** {@code reward.requested}, to loyalty. */
    record RewardRequested(UUID rewardId, String kind, long points, String reason) {}

    /** {@code message.requested}, to whoever carries messages. */
    record MessageRequested(UUID messageId, String purpose, String template, Object data) {}

    /** What the message that invites is filled in with. */
    record InvitationMessage(Text title, @Personal URI link, Instant expiresAt) {}

    /** What the message about something solved is filled in with. */
    record SolvedMessage(@Personal String text) {}
}
