package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static dev.kith.referrals.db.Tables.CODE;
import static dev.kith.referrals.db.Tables.PERSON;
import static dev.kith.referrals.db.Tables.REFUND;
import static dev.kith.referrals.db.Tables.REWARD;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import dev.kith.referrals.Claim.Given;
import dev.kith.referrals.Claim.Side;
import dev.kith.referrals.Claim.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** What is known of one customer's invitations, and what the law and the clean-up do to it. */
final class Merging {

    private static final int CLAIMS_MAX = 10_000;

    /** All that referrals know about one customer, and of nobody else. */
    record Known(List<String> codes, List<Own> claims, List<OwnRefund> refunds) {}

    /** A refund of the last days. */
    record OwnRefund(String refundId, @Nullable String orderId) {}

    /**
     * One side of a claim. Who was on the other side is theirs to be told.
     *
     * @param side on which the customer was
     * @param code if it is the customer's own
     * @param orderId of the purchase that qualified it, if the customer made it
     * @param rewards of this side
     */
    record Own(
            UUID id,
            Side side,
            @Nullable String code,
            State state,
            @Nullable Refusal refusal,
            Instant claimedAt,
            Instant expiresAt,
            @Nullable String orderId,
            @Nullable Instant qualifiedAt,
            List<OwnReward> rewards) {

        static Own of(Claim claim, CustomerId customer) {
            var referee = claim.customerId().equals(customer);
            var side = referee ? Side.REFEREE : Side.INVITER;
            return new Own(
                    claim.id(),
                    side,
                    claim.inviterId().equals(customer) ? claim.code() : null,
                    claim.state(),
                    claim.refusal(),
                    claim.claimedAt(),
                    claim.expiresAt(),
                    referee ? claim.orderId() : null,
                    claim.qualifiedAt(),
                    claim.rewards().stream()
                            .filter(reward -> reward.side() == side)
                            .map(OwnReward::of)
                            .toList());
        }
    }

    /** What the customer gets. */
    record OwnReward(UUID rewardId, long points, Given state, @Nullable String reason) {

        static OwnReward of(Claim.Reward reward) {
            return new OwnReward(
                    reward.rewardId(), reward.points(), reward.state(), reward.reason());
        }
    }

    private Merging() {}

    /** Fact: how many came with this customer's codes and were not refused. */
    static Map<CustomerId, Long> invited(Read read, Set<CustomerId> customers) {
        var invited = new HashMap<CustomerId, Long>();
        customers.forEach(customer -> invited.put(customer, 0L));
        invited.putAll(
                read.sql()
                        .select(PERSON.CUSTOMER_ID, PERSON.INVITED)
                        .from(PERSON)
                        .where(PERSON.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                        .fetchMap(PERSON.CUSTOMER_ID, PERSON.INVITED));
        return invited;
    }

    static Known export(Read read, CustomerId customer) {
        var either = CLAIM.CUSTOMER_ID.eq(customer).or(CLAIM.INVITER_ID.eq(customer.value()));
        return new Known(
                read.sql()
                        .select(CODE.CODE_)
                        .from(CODE)
                        .where(CODE.CUSTOMER_ID.eq(customer))
                        .fetch(CODE.CODE_),
                ClaimTable.list(read, either, CLAIMS_MAX).stream()
                        .map(claim -> Own.of(claim, customer))
                        .toList(),
                read.sql()
                        .select(REFUND.REFUND_ID, REFUND.ORDER_ID)
                        .from(REFUND)
                        .where(REFUND.CUSTOMER_ID.eq(customer))
                        .orderBy(REFUND.REFUND_ID)
                        .fetch(row -> new OwnRefund(row.value1(), row.value2())));
    }

    /**
     * Codes go, and with them their links, and what others called purchases and reasons; who came
     * when stays, because the books must add up.
     */
    static void erase(Transaction tx, CustomerId customer) {
        tx.sql().deleteFrom(CODE).where(CODE.CUSTOMER_ID.eq(customer)).execute();
        tx.sql()
                .update(CLAIM)
                .setNull(CLAIM.CODE)
                .where(CLAIM.INVITER_ID.eq(customer.value()))
                .execute();
        tx.sql()
                .update(CLAIM)
                .setNull(CLAIM.ORDER_ID)
                .where(CLAIM.CUSTOMER_ID.eq(customer))
                .execute();
        tx.sql()
                .update(REWARD)
                .setNull(REWARD.REASON)
                .where(REWARD.CUSTOMER_ID.eq(customer))
                .execute();
        tx.sql().deleteFrom(REFUND).where(REFUND.CUSTOMER_ID.eq(customer)).execute();
    }

    /** Two customers are one: codes and claims move, and say whose they were. */
    static void merge(Transaction tx, CustomerId from, CustomerId into) {
        Persons.lock(tx, List.of(from, into));
        move(tx, from, into, noCondition(), noCondition(), noCondition());
        tx.sql()
                .update(PERSON)
                .set(
                        PERSON.FIRST_PURCHASE_ID,
                        tx.sql()
                                .select(PERSON.FIRST_PURCHASE_ID)
                                .from(PERSON)
                                .where(PERSON.CUSTOMER_ID.eq(from)))
                .where(PERSON.CUSTOMER_ID.eq(into))
                .and(PERSON.FIRST_PURCHASE_ID.isNull())
                .execute();
    }

    /** They were two after all: what was {@code from}'s goes back, what came later stays. */
    static void unmerge(Transaction tx, CustomerId from, CustomerId into) {
        Persons.lock(tx, List.of(from, into));
        move(
                tx,
                into,
                from,
                CODE.ORIGINAL_CUSTOMER_ID.eq(from.value()),
                CLAIM.ORIGINAL_CUSTOMER_ID.eq(from.value()),
                CLAIM.ORIGINAL_INVITER_ID.eq(from.value()));
    }

    private static void move(
            Transaction tx,
            CustomerId from,
            CustomerId to,
            Condition codes,
            Condition asReferee,
            Condition asInviter) {
        tx.sql()
                .update(CODE)
                .set(CODE.CUSTOMER_ID, to)
                .where(CODE.CUSTOMER_ID.eq(from))
                .and(codes)
                .execute();
        tx.sql()
                .update(CLAIM)
                .set(CLAIM.CUSTOMER_ID, to)
                .where(CLAIM.CUSTOMER_ID.eq(from))
                .and(asReferee)
                .and(
                        CLAIM.STATE
                                .eq(State.REFUSED.name())
                                .and(wasNotRefused(to))
                                .or(CLAIM.STATE.ne(State.REFUSED.name()).and(hasNoInviter(to))))
                .execute();
        tx.sql()
                .update(CLAIM)
                .set(CLAIM.INVITER_ID, to.value())
                .where(CLAIM.INVITER_ID.eq(from.value()))
                .and(asInviter)
                .execute();
        moveRewards(tx, from, to);
        recount(tx, from);
        recount(tx, to);
    }

    // Somebody who was invited under both names keeps the inviter of the name that stays; the other
    // claim stays where it was.
    private static Condition hasNoInviter(CustomerId customer) {
        var other = CLAIM.as("other");
        return notExists(
                selectOne()
                        .from(other)
                        .where(other.CUSTOMER_ID.eq(customer))
                        .and(other.STATE.ne(State.REFUSED.name())));
    }

    // The same refusal of the same code is kept once of each.
    private static Condition wasNotRefused(CustomerId customer) {
        var other = CLAIM.as("other");
        return notExists(
                selectOne()
                        .from(other)
                        .where(other.CUSTOMER_ID.eq(customer))
                        .and(other.STATE.eq(State.REFUSED.name()))
                        .and(other.CODE.isNotDistinctFrom(CLAIM.CODE))
                        .and(other.REFUSAL.isNotDistinctFrom(CLAIM.REFUSAL)));
    }

    // A reward that is taken back is taken from whoever has it now.
    private static void moveRewards(Transaction tx, CustomerId from, CustomerId to) {
        tx.sql()
                .update(REWARD)
                .set(REWARD.CUSTOMER_ID, to)
                .from(CLAIM)
                .where(REWARD.CUSTOMER_ID.eq(from))
                .and(REWARD.CLAIM_ID.eq(CLAIM.ID))
                .and(
                        REWARD.SIDE
                                .eq(Side.INVITER.name())
                                .and(CLAIM.INVITER_ID.eq(to.value()))
                                .or(
                                        REWARD.SIDE
                                                .eq(Side.REFEREE.name())
                                                .and(CLAIM.CUSTOMER_ID.eq(to))))
                .execute();
    }

    private static void recount(Transaction tx, CustomerId customer) {
        tx.sql()
                .update(PERSON)
                .set(
                        PERSON.INVITED,
                        selectCount()
                                .from(CLAIM)
                                .where(CLAIM.INVITER_ID.eq(customer.value()))
                                .and(CLAIM.STATE.ne(State.REFUSED.name()))
                                .asField()
                                .cast(Long.class))
                .where(PERSON.CUSTOMER_ID.eq(customer))
                .execute();
    }
}
