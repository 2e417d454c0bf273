package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.REWARD;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.loyalty.Payloads.RewardGranted;
import dev.kith.loyalty.Payloads.RewardRefused;
import dev.kith.loyalty.Payloads.RewardRequested;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Points that other areas ask for on behalf of a customer. */
final class Rewards {

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
            refuse(tx, wanted.rewardId(), "noCustomer");
            return;
        }
        var refusal =
                wanted.points() < 1 || wanted.points() > Ledger.POINTS_MAX
                        ? "pointsOutOfRange"
                        : null;
        if (!isNew(tx, wanted, customer, refusal)) {
            return;
        }
        if (refusal == null) {
            ledger.grant(tx, customer, event);
            tx.publish("reward.granted", customer, new RewardGranted(wanted.rewardId()));
        } else {
            tx.publish("reward.refused", customer, new RewardRefused(wanted.rewardId(), refusal));
        }
    }

    private static void refuse(Transaction tx, UUID reward, String reason) {
        tx.publish("reward.refused", null, new RewardRefused(reward, reason));
    }

    private static boolean isNew(
            Transaction tx, RewardRequested wanted, CustomerId customer, @Nullable String refusal) {
        return tx.sql()
                        .insertInto(REWARD)
                        .set(REWARD.ID, wanted.rewardId())
                        .set(REWARD.CUSTOMER_ID, customer)
                        .set(REWARD.POINTS, wanted.points())
                        .set(REWARD.REFUSAL, refusal)
                        .set(REWARD.DECIDED_AT, tx.now())
                        .onConflict(REWARD.ID)
                        .doNothing()
                        .execute()
                == 1;
    }
}
