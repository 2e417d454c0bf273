package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static dev.kith.referrals.db.Tables.REFUND;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.sum;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Money;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.referrals.Claim.State;
import dev.kith.referrals.Payloads.Refund;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes rewards back when too little is left of the purchase that earned them. A refund may be heard
 * of before its purchase, so refunds are kept for a while and looked at from both sides.
 */
final class Refunds {

    /** How many old refunds one run forgets. */
    private static final int FORGET_MAX = 10_000;

    /** A purchase that qualifies a claim, or may. */
    record Order(CustomerId customer, String id, Money amount, Instant at) {}

    private record Qualified(UUID claim, Order order) {}

    private final ReferralsConfig config;

    Refunds(ReferralsConfig config) {
        this.config = config;
    }

    void take(Transaction tx, List<Event<Refund>> events) {
        var latest = new HashMap<CustomerId, Stamp>();
        events.stream()
                .filter(event -> event.customer() != null)
                .forEach(event -> latest.put(event.of(), Stamp.because(event)));
        // With the purchase of the same customer: whichever comes second sees the other.
        Persons.lock(tx, latest.keySet());
        for (var event : events) {
            if (event.customer() != null) {
                keep(tx, event);
            }
        }
        for (var qualified : qualified(tx, latest.keySet())) {
            var cause = latest.getOrDefault(qualified.order.customer(), Stamp.NONE);
            if (!config.isEnough(left(tx, qualified.order, config))) {
                clawBack(tx, qualified, cause);
            }
        }
    }

    private static void keep(Transaction tx, Event<Refund> event) {
        var refund = event.payload();
        tx.sql()
                .insertInto(REFUND)
                .set(REFUND.CUSTOMER_ID, event.of())
                .set(REFUND.REFUND_ID, refund.refundId())
                .set(REFUND.ORDER_ID, refund.orderId())
                .set(REFUND.AMOUNT_MINOR, refund.amount().minorUnits())
                .set(REFUND.CURRENCY, refund.amount().currency().getCurrencyCode())
                .set(REFUND.OCCURRED_AT, event.occurredAt())
                .set(REFUND.RECORDED_AT, event.recordedAt())
                .onConflictDoNothing()
                .execute();
    }

    private static List<Qualified> qualified(Transaction tx, Set<CustomerId> customers) {
        return tx.sql()
                .selectFrom(CLAIM)
                .where(CLAIM.CUSTOMER_ID.in(customers))
                .and(CLAIM.STATE.in(State.QUALIFIED.name(), State.REWARDED.name()))
                .orderBy(CLAIM.ID)
                .forUpdate()
                .fetch(row -> {
                    var currency = Currency.getInstance(row.get(CLAIM.CURRENCY));
                    return new Qualified(
                            row.get(CLAIM.ID),
                            new Order(
                                    row.get(CLAIM.CUSTOMER_ID),
                                    row.get(CLAIM.ORDER_ID),
                                    new Money(row.get(CLAIM.AMOUNT_MINOR), currency),
                                    row.get(CLAIM.QUALIFIED_AT)));
                });
    }

    /** What is left of a purchase. A refund that names no order counts against it too. */
    static Money left(Transaction tx, Order order, ReferralsConfig config) {
        var refunded =
                tx.sql()
                        .select(coalesce(sum(REFUND.AMOUNT_MINOR), BigDecimal.ZERO))
                        .from(REFUND)
                        .where(REFUND.CUSTOMER_ID.eq(order.customer))
                        .and(REFUND.CURRENCY.eq(order.amount.currency().getCurrencyCode()))
                        .and(REFUND.OCCURRED_AT.le(order.at.plus(config.clawbackWithin())))
                        .and(
                                REFUND.ORDER_ID
                                        .eq(order.id)
                                        .or(
                                                REFUND.ORDER_ID
                                                        .isNull()
                                                        .and(REFUND.OCCURRED_AT.ge(order.at))))
                        .fetchSingle()
                        .value1()
                        .min(BigDecimal.valueOf(order.amount.minorUnits()));
        var left = order.amount.minorUnits() - refunded.longValueExact();
        return new Money(left, order.amount.currency());
    }

    private static void clawBack(Transaction tx, Qualified qualified, Stamp cause) {
        tx.sql()
                .update(CLAIM)
                .set(CLAIM.STATE, State.CLAWED_BACK.name())
                .where(CLAIM.ID.eq(qualified.claim))
                .execute();
        var claim = ClaimTable.find(tx, qualified.claim).orElseThrow();
        Claims.announce(tx, Vocabulary.REFERRAL_CLAWED_BACK, claim, cause);
        Rewards.takeBack(tx, claim, cause);
    }

    /** The job's: what is too old to take anything back. */
    void forget(Transaction tx) {
        var old = tx.now().minus(config.clawbackWithin()).minus(Duration.ofDays(1));
        tx.sql()
                .deleteFrom(REFUND)
                .where(REFUND.RECORDED_AT.lt(old))
                .orderBy(REFUND.RECORDED_AT)
                .limit(FORGET_MAX)
                .execute();
    }
}
