package dev.kith.core.sends;

import static dev.kith.core.db.Tables.SEND;

import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import java.util.Arrays;
import java.util.Set;
import org.jooq.Condition;

/** What an operator decides about one send. */
public final class SendDecisions {

    private SendDecisions() {}

    /** Has it made, or made again, at once and with all its attempts. */
    public static void retry(Transaction tx, Condition which, Set<SendState> allowed) {
        require(tx, which, allowed);
        tx.sql()
                .update(SEND)
                .set(SEND.STATE, SendState.WAITING.stored())
                .set(SEND.DUE_AT, tx.now())
                .set(SEND.ATTEMPTS, 0)
                .setNull(SEND.ENDED_AT)
                .where(which)
                .execute();
    }

    /** Gives it up; again changes nothing. */
    public static void skip(Transaction tx, Condition which) {
        var state =
                require(tx, which, Set.of(SendState.WAITING, SendState.PARKED, SendState.SKIPPED));
        if (state != SendState.SKIPPED) {
            tx.sql()
                    .update(SEND)
                    .set(SEND.STATE, SendState.SKIPPED.stored())
                    .set(SEND.ENDED_AT, tx.now())
                    .where(which)
                    .execute();
        }
    }

    private static SendState require(Transaction tx, Condition which, Set<SendState> allowed) {
        var state =
                tx.sql()
                        .select(SEND.STATE)
                        .from(SEND)
                        .where(which)
                        .forUpdate()
                        .fetchOptional(SEND.STATE)
                        .map(SendState::of)
                        .orElseThrow(
                                () -> StandardError.NOT_FOUND.because("there is no such send"));
        if (!allowed.contains(state)) {
            var names = Arrays.stream(SendState.values()).filter(allowed::contains);
            throw StandardError.WRONG_STATE
                    .because("it is " + state.stored())
                    .with("allowed", names.map(SendState::stored).toList());
        }
        return state;
    }
}
