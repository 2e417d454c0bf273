package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static dev.kith.referrals.db.Tables.REWARD;
import static org.jooq.impl.DSL.inline;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Transaction;
import dev.kith.referrals.Claim.Given;
import dev.kith.referrals.Claim.Reward;
import dev.kith.referrals.Claim.Side;
import dev.kith.referrals.Claim.State;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The rows of claims and rewards. */
final class ClaimTable {

    private ClaimTable() {}

    /** The latest first, with their rewards. */
    static List<Claim> list(Read read, Condition which, int limit) {
        var claims =
                read.sql()
                        .selectFrom(CLAIM)
                        .where(which)
                        .orderBy(CLAIM.ID.desc())
                        .limit(limit)
                        .fetch();
        var rewards = rewards(read, claims.map(row -> row.get(CLAIM.ID)));
        return claims.map(row -> claim(row, rewards.getOrDefault(row.get(CLAIM.ID), List.of())));
    }

    static Optional<Claim> find(Read read, UUID id) {
        return list(read, CLAIM.ID.eq(id), 1).stream().findFirst();
    }

    /** The one claim of somebody that was not refused, whatever became of it. */
    static Optional<Claim> accepted(Read read, CustomerId referee) {
        var which = CLAIM.CUSTOMER_ID.eq(referee).and(CLAIM.STATE.ne(State.REFUSED.name()));
        return list(read, which, 1).stream().findFirst();
    }

    private static Map<UUID, List<Reward>> rewards(Read read, Collection<UUID> claims) {
        return claims.isEmpty()
                ? Map.of()
                : read.sql()
                        .selectFrom(REWARD)
                        .where(REWARD.CLAIM_ID.in(claims))
                        .orderBy(REWARD.SIDE)
                        .fetchGroups(row -> row.get(REWARD.CLAIM_ID), ClaimTable::reward);
    }

    private static Reward reward(Record row) {
        return new Reward(
                row.get(REWARD.ID),
                Side.valueOf(row.get(REWARD.SIDE)),
                row.get(REWARD.CUSTOMER_ID),
                row.get(REWARD.POINTS),
                Given.valueOf(row.get(REWARD.STATE)),
                row.get(REWARD.REASON));
    }

    private static Claim claim(Record row, List<Reward> rewards) {
        var refusal = row.get(CLAIM.REFUSAL);
        return new Claim(
                row.get(CLAIM.ID),
                row.get(CLAIM.CODE),
                row.get(CLAIM.CUSTOMER_ID),
                new CustomerId(row.get(CLAIM.INVITER_ID)),
                State.valueOf(row.get(CLAIM.STATE)),
                refusal == null ? null : Refusal.valueOf(refusal),
                row.get(CLAIM.CLAIMED_AT),
                row.get(CLAIM.EXPIRES_AT),
                row.get(CLAIM.ORDER_ID),
                row.get(CLAIM.QUALIFIED_AT),
                rewards);
    }

    /**
     * @return whether it is new; a refused claim may have been refused before
     */
    static boolean insert(Transaction tx, Claim claim) {
        return tx.sql()
                        .insertInto(CLAIM)
                        .set(CLAIM.ID, claim.id())
                        .set(CLAIM.CODE, claim.code())
                        .set(CLAIM.CUSTOMER_ID, claim.customerId())
                        .set(CLAIM.ORIGINAL_CUSTOMER_ID, claim.customerId().value())
                        .set(CLAIM.INVITER_ID, claim.inviterId().value())
                        .set(CLAIM.ORIGINAL_INVITER_ID, claim.inviterId().value())
                        .set(CLAIM.STATE, claim.state().name())
                        .set(CLAIM.REFUSAL, name(claim.refusal()))
                        .set(CLAIM.CLAIMED_AT, claim.claimedAt())
                        .set(CLAIM.EXPIRES_AT, claim.expiresAt())
                        .onConflict(CLAIM.CUSTOMER_ID, CLAIM.CODE, CLAIM.REFUSAL)
                        .where(CLAIM.STATE.eq(inline(State.REFUSED.name())))
                        .doNothing()
                        .execute()
                == 1;
    }

    /** The same claim, as it was refused for the same reason before. */
    static Claim refusedBefore(Transaction tx, Claim again) {
        var which =
                CLAIM.CUSTOMER_ID
                        .eq(again.customerId())
                        .and(CLAIM.CODE.eq(again.code()))
                        .and(CLAIM.REFUSAL.eq(name(again.refusal())));
        return list(tx, which, 1).getFirst();
    }

    private static @Nullable String name(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.name();
    }

    /** Ends the wait for a purchase, if it has not ended yet. */
    static boolean end(Transaction tx, Claim claim, State state, Optional<Refusal> refusal) {
        return tx.sql()
                        .update(CLAIM)
                        .set(CLAIM.STATE, state.name())
                        .set(CLAIM.REFUSAL, refusal.map(Refusal::name).orElse(null))
                        .where(CLAIM.ID.eq(claim.id()))
                        .and(CLAIM.STATE.eq(State.CLAIMED.name()))
                        .execute()
                == 1;
    }

    /** The purchase has come; false if something else was faster. */
    static boolean qualify(Transaction tx, Claim claim, Refunds.Order order) {
        return tx.sql()
                        .update(CLAIM)
                        .set(CLAIM.STATE, State.QUALIFIED.name())
                        .set(CLAIM.ORDER_ID, order.id())
                        .set(CLAIM.AMOUNT_MINOR, order.amount().minorUnits())
                        .set(CLAIM.CURRENCY, order.amount().currency().getCurrencyCode())
                        .set(CLAIM.QUALIFIED_AT, order.at())
                        .where(CLAIM.ID.eq(claim.id()))
                        .and(CLAIM.STATE.eq(State.CLAIMED.name()))
                        .execute()
                == 1;
    }
}
