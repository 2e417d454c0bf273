package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.api.Money;
import dev.kith.api.Transaction;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry about to be added.
 *
 * @param cause no two entries of a kind have the same
 * @param lot which it adds to or takes from; null if it takes from whatever expires first
 * @param amount of the purchase or refund
 * @param rules one to a line
 * @param debt by how much it changes what the customer owes
 */
record Posting(
        UUID id,
        CustomerId customer,
        Kind kind,
        long points,
        Reason reason,
        @Nullable String note,
        @Nullable UUID cause,
        Instant occurredAt,
        @Nullable Lot lot,
        @Nullable Money amount,
        @Nullable String rules,
        long debt) {

    /** What was credited on one day. */
    record Lot(LocalDate earnedOn, @Nullable Instant expiresAt) {}

    static Posting of(Transaction tx, CustomerId customer, Kind kind, long points, Reason reason) {
        return new Posting(
                tx.newId(),
                customer,
                kind,
                points,
                reason,
                null,
                null,
                tx.now(),
                null,
                null,
                null,
                0);
    }

    Posting because(@Nullable UUID newCause, @Nullable String newNote, Instant at) {
        return new Posting(
                id, customer, kind, points, reason, newNote, newCause, at, lot, amount, rules,
                debt);
    }

    Posting in(@Nullable Lot newLot) {
        return new Posting(
                id,
                customer,
                kind,
                points,
                reason,
                note,
                cause,
                occurredAt,
                newLot,
                amount,
                rules,
                debt);
    }

    Posting with(@Nullable Money newAmount, @Nullable String newRules) {
        return new Posting(
                id,
                customer,
                kind,
                points,
                reason,
                note,
                cause,
                occurredAt,
                lot,
                newAmount,
                newRules,
                debt);
    }

    /** The same for other points. */
    Posting of(long newPoints, long newDebt, @Nullable String newRules) {
        return new Posting(
                id,
                customer,
                kind,
                newPoints,
                reason,
                note,
                cause,
                occurredAt,
                lot,
                amount,
                newRules,
                newDebt);
    }

    Posting owing(long newDebt) {
        return of(points, newDebt, rules);
    }
}
