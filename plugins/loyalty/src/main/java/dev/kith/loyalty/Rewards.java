package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ENTRY;
import static dev.kith.loyalty.db.Tables.REWARD;

import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Payloads.ReversalRequested;
import dev.kith.loyalty.Payloads.RewardGranted;
import dev.kith.loyalty.Payloads.RewardRefused;
import dev.kith.loyalty.Payloads.RewardRequested;
import dev.kith.loyalty.Payloads.RewardReversed;
import dev.kith.loyalty.Posting.Lot;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Points that other areas ask for on behalf of a customer, and ask to be taken back. */
final class Rewards {

    /** Asked to be reversed before it was asked for: it is never granted. */
    private static final String REVERSED = "reversed";

    private static final String OUT_OF_RANGE = "pointsOutOfRange";

    private final Ledger ledger;

    Rewards(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Grants or refuses each reward once, however often it is asked for. */
    void grant(Transaction tx, Event<RewardRequested> event) {
        var wanted = event.payload();
        if (!"points".equals(wanted.kind())) {
            return; // another area's kind of reward
        }
        var customer = event.customer();
        if (customer == null) {
            var refused = new RewardRefused(wanted.rewardId(), "noCustomer");
            tx.publish(Vocabulary.REWARD_REFUSED, null, refused);
            return;
        }
        var posting =
                Posting.of(tx, customer, Kind.GRANT, wanted.points(), Reason.REWARD)
                        .because(event.id(), wanted.reason(), event.occurredAt())
                        .in(ledger.lot(tx, event.occurredAt()));
        if (wanted.points() >= 1 && wanted.points() <= Rules.POINTS_MAX) {
            if (isNew(tx, wanted.rewardId(), posting, null)) {
                ledger.credit(tx, List.of(posting));
                tx.publish(Vocabulary.REWARD_GRANTED, customer, new RewardGranted(wanted.rewardId()));
            }
        } else if (isNew(tx, wanted.rewardId(), posting, OUT_OF_RANGE)) {
            var refused = new RewardRefused(wanted.rewardId(), OUT_OF_RANGE);
            tx.publish(Vocabulary.REWARD_REFUSED, customer, refused);
        }
    }

    private static boolean isNew(
            Transaction tx, UUID reward, Posting posting, @Nullable String refusal) {
        return tx.sql()
                        .insertInto(REWARD)
                        .set(REWARD.ID, reward)
                        .set(REWARD.CUSTOMER_ID, posting.customer())
                        .set(REWARD.POINTS, posting.points())
                        .set(REWARD.REFUSAL, refusal)
                        .set(REWARD.ENTRY_ID, refusal == null ? posting.id() : null)
                        .set(REWARD.DECIDED_AT, tx.now())
                        .onConflict(REWARD.ID)
                        .doNothing()
                        .execute()
                == 1;
    }

    /** Takes a reward back, once. One that was not asked for yet will not be granted any more. */
    void reverse(Transaction tx, Event<ReversalRequested> event) {
        var customer = event.customer();
        if (customer == null) {
            return; // nobody's points
        }
        var id = event.payload().rewardId();
        var reversal =
                Posting.of(tx, customer, Kind.REVERSE, 0, Reason.REWARD_REVERSED)
                        .because(event.id(), event.payload().reason(), event.occurredAt());
        var isNew = isNew(tx, id, reversal, REVERSED);
        var granted =
                tx.sql()
                        .update(REWARD)
                        .set(REWARD.REVERSED_AT, tx.now())
                        .where(REWARD.ID.eq(id))
                        .and(REWARD.REVERSED_AT.isNull())
                        .and(REWARD.REFUSAL.isNull())
                        .returning(REWARD.POINTS, REWARD.ENTRY_ID)
                        .fetchOptional();
        granted.ifPresent(reward -> {
            var lot = lot(tx, reward.get(REWARD.ENTRY_ID));
            ledger.takeBack(tx, reversal.of(-reward.get(REWARD.POINTS), 0, null).in(lot));
        });
        if (isNew || granted.isPresent()) {
            tx.publish(Vocabulary.REWARD_REVERSED, customer, new RewardReversed(id));
        }
    }

    private static @Nullable Lot lot(Transaction tx, @Nullable UUID entry) {
        return tx.sql()
                .select(ENTRY.LOT_ON, ENTRY.EXPIRES_AT)
                .from(ENTRY)
                .where(ENTRY.ID.eq(entry))
                .fetchOne(row -> new Lot(row.value1(), row.value2()));
    }
}
