package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Payloads.PointsSpent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;

/** Points spent at once, for something that is already delivered. */
record Redemption(
        @Min(1) @Max(Rules.POINTS_MAX) long points,
        @NotBlank @Size(max = Hold.NOTE_MAX) String reason) {

    /**
     * @param id of the entry
     * @param balance after it
     * @param available after it
     */
    record Receipt(
            UUID id,
            CustomerId customerId,
            long points,
            String reason,
            long balance,
            long available,
            Instant createdAt) {}

    static Receipt redeem(Transaction tx, Request request, Redemption input) {
        var customer = request.customer("customer");
        var posting =
                Posting.of(tx, customer, Kind.SPEND, -input.points, Reason.REDEEMED)
                        .because(null, input.reason, tx.now());
        var after =
                LedgerTable.spend(tx.sql(), posting, tx.now())
                        .orElseThrow(() -> Holds.insufficient(tx, customer, input.points));
        var spent = new PointsSpent(null, input.points, after.balance(), posting.id());
        tx.publish(Vocabulary.POINTS_SPENT, customer, spent);
        return new Receipt(
                posting.id(),
                customer,
                input.points,
                input.reason,
                after.balance(),
                after.available(),
                posting.occurredAt());
    }
}
