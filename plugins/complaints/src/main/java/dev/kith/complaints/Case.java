package dev.kith.complaints;

import dev.kith.api.AboutCustomer;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.Personal;
import dev.kith.api.Versioned;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A complaint and where it stands.
 *
 * @param receipt the number the complainant is given
 * @param reference what another system calls it
 * @param contact how to reach somebody who is no customer
 * @param next the states it may go to from here
 * @param overdue whether the answer, or the acknowledgement that is still open, is late
 */
public record Case(
        UUID id,
        String receipt,
        @Nullable String reference,
        @Nullable CustomerId customerId,
        Channel channel,
        @Personal String subject,
        @Personal String text,
        @Nullable @Personal String contact,
        Severity severity,
        State state,
        List<State> next,
        @Nullable String queue,
        @Nullable String assignee,
        Standing acknowledgement,
        Standing resolution,
        boolean overdue,
        Instant receivedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant resolvedAt,
        @Nullable Instant closedAt,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements Versioned {

    static final int SUBJECT_MAX = 200;
    static final int TEXT_MAX = 20_000;
    static final int NAME_MAX = 100;
    static final int STEPS_MAX = 50;

    public enum Channel {
        WEB,
        PHONE,
        EMAIL,
        CHAT,
        SOCIAL,
        LETTER,
        IN_PERSON,
        OTHER
    }

    public enum Severity {
        LOW,
        NORMAL,
        HIGH,
        CRITICAL
    }

    /** One clock in short. */
    public record Standing(Clock.Verdict state, @Nullable Instant dueAt) {
        public boolean late() {
            return state == Clock.Verdict.BREACHED;
        }
    }

    /**
     * What a case is made of.
     *
     * @param customerId one of both, or none: anonymous
     * @param receivedAt in the past; needs {@code complaints:backdate}, as all that follows
     * @param dueAt when the answer is due, whatever the working time
     * @param steps what has happened since
     */
    record Draft(
            @NotNull Channel channel,
            @NotBlank @Size(max = SUBJECT_MAX) @Personal String subject,
            @NotBlank @Size(max = TEXT_MAX) @Personal String text,
            Severity severity,
            @Nullable CustomerId customerId,
            @Nullable @Valid ForeignId customer,
            @Nullable @Size(max = SUBJECT_MAX) @Personal String contact,
            @Nullable @Size(min = 1, max = NAME_MAX) String queue,
            @Nullable @Size(min = 1, max = NAME_MAX) String assignee,
            @Nullable @Size(min = 1, max = NAME_MAX) String reference,
            @Nullable Instant receivedAt,
            @Nullable Instant dueAt,
            @Size(max = STEPS_MAX) List<@NotNull @Valid PastStep> steps)
            implements AboutCustomer {

        Draft {
            severity = severity == null ? Severity.NORMAL : severity;
            steps = steps == null ? List.of() : List.copyOf(steps);
        }

        boolean backdated() {
            return receivedAt != null || dueAt != null || !steps.isEmpty();
        }
    }

    /** A step that was taken before the case came here. */
    record PastStep(
            @NotNull State to,
            @NotNull Instant occurredAt,
            @Nullable @Size(max = Message.TEXT_MAX) @Personal String note) {}

    /** A step that is to be taken. */
    record Step(@NotNull State to, @Nullable @Size(max = Message.TEXT_MAX) @Personal String note) {}

    /** What may be changed. */
    record Change(
            @NotBlank @Size(max = SUBJECT_MAX) @Personal String subject,
            @NotNull Severity severity,
            @Nullable @Size(min = 1, max = NAME_MAX) String queue,
            @Nullable @Size(min = 1, max = NAME_MAX) String assignee) {}

    /** The key of the timer that looks after the clocks of a case. */
    record Id(UUID id) {}

    public Case {
        next = List.copyOf(next);
    }
}
