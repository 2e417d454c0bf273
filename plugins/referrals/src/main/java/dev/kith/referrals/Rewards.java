package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static dev.kith.referrals.db.Tables.REWARD;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.kith.api.Event;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.referrals.Claim.Given;
import dev.kith.referrals.Claim.Side;
import dev.kith.referrals.Claim.State;
import dev.kith.referrals.Payloads.ReversalRequested;
import dev.kith.referrals.Payloads.RewardDone;
import dev.kith.referrals.Payloads.RewardRefused;
import dev.kith.referrals.Payloads.RewardRequested;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** What both sides get: asked for once, and followed until it was given or taken back. */
final class Rewards {

    private static final String KIND = "points";
    private static final String REASON = "referral";
    private static final String REFUNDED = "refunded";

    private Rewards() {}

    /** Asks for both. If neither side gets anything, the claim is rewarded with that. */
    static void request(Transaction tx, Claim claim, ReferralsConfig config, Stamp cause) {
        request(tx, claim, Side.INVITER, config.inviterPoints(), cause);
        request(tx, claim, Side.REFEREE, config.refereePoints(), cause);
        if (config.inviterPoints() == 0 && config.refereePoints() == 0) {
            complete(tx, List.of(claim.id()))
                    .forEach(done ->
                            Claims.announce(tx, Vocabulary.REFERRAL_REWARDED, claim, cause));
        }
    }

    private static void request(Transaction tx, Claim claim, Side side, long points, Stamp cause) {
        if (points == 0) {
            return;
        }
        var customer =
                switch (side) {
                    case INVITER -> claim.inviterId();
                    case REFEREE -> claim.customerId();
                };
        var id = tx.newId();
        tx.sql()
                .insertInto(REWARD)
                .set(REWARD.ID, id)
                .set(REWARD.CLAIM_ID, claim.id())
                .set(REWARD.SIDE, side.name())
                .set(REWARD.CUSTOMER_ID, customer)
                .set(REWARD.POINTS, points)
                .set(REWARD.STATE, Given.REQUESTED.name())
                .execute();
        var wanted = new RewardRequested(id, KIND, points, REASON);
        tx.publish(Vocabulary.REWARD_REQUESTED, customer, wanted, cause);
    }

    /** The claims whose rewards have all been given are rewarded. */
    static void granted(Transaction tx, List<Event<RewardDone>> events) {
        var causes = new HashMap<UUID, Stamp>();
        events.forEach(event -> causes.put(event.payload().rewardId(), Stamp.because(event)));
        // The two sides are told by two events of two customers, perhaps at once. Whoever comes
        // second to the claim's lock sees what the first one did, and completes it.
        var claims =
                tx.sql()
                        .select(CLAIM.ID)
                        .from(CLAIM)
                        .where(
                                CLAIM.ID.in(
                                        select(REWARD.CLAIM_ID)
                                                .from(REWARD)
                                                .where(REWARD.ID.in(causes.keySet()))))
                        .orderBy(CLAIM.ID)
                        .forUpdate()
                        .fetch(CLAIM.ID);
        var causeOf = new HashMap<UUID, Stamp>();
        tx.sql()
                .update(REWARD)
                .set(REWARD.STATE, Given.GRANTED.name())
                .where(REWARD.ID.in(causes.keySet()))
                .and(REWARD.STATE.eq(Given.REQUESTED.name()))
                .returning(REWARD.ID, REWARD.CLAIM_ID)
                .forEach(row ->
                        causeOf.put(
                                row.get(REWARD.CLAIM_ID),
                                causes.getOrDefault(row.get(REWARD.ID), Stamp.NONE)));
        for (var id : complete(tx, claims)) {
            ClaimTable.find(tx, id)
                    .ifPresent(claim ->
                            Claims.announce(
                                    tx,
                                    Vocabulary.REFERRAL_REWARDED,
                                    claim,
                                    causeOf.getOrDefault(id, Stamp.NONE)));
        }
    }

    private static List<UUID> complete(Transaction tx, List<UUID> claims) {
        return tx.sql()
                .update(CLAIM)
                .set(CLAIM.STATE, State.REWARDED.name())
                .where(CLAIM.ID.in(claims))
                .and(CLAIM.STATE.eq(State.QUALIFIED.name()))
                .andNotExists(
                        selectOne()
                                .from(REWARD)
                                .where(REWARD.CLAIM_ID.eq(CLAIM.ID))
                                .and(REWARD.STATE.ne(Given.GRANTED.name())))
                .returning(CLAIM.ID)
                .fetch(CLAIM.ID);
    }

    /** The claim stays qualified, and its reward says why it was not given. */
    static void refused(Transaction tx, Event<RewardRefused> event) {
        tx.sql()
                .update(REWARD)
                .set(REWARD.STATE, Given.REFUSED.name())
                .set(REWARD.REASON, event.payload().reason())
                .where(REWARD.ID.eq(event.payload().rewardId()))
                .and(REWARD.STATE.eq(Given.REQUESTED.name()))
                .execute();
    }

    /** Asks for what was given, or is still to be given, to be taken back. */
    static void takeBack(Transaction tx, Claim claim, Stamp cause) {
        var taken =
                tx.sql()
                        .update(REWARD)
                        .set(REWARD.STATE, Given.REVERSING.name())
                        .where(REWARD.CLAIM_ID.eq(claim.id()))
                        .and(REWARD.STATE.in(Given.REQUESTED.name(), Given.GRANTED.name()))
                        .returning(REWARD.ID, REWARD.CUSTOMER_ID)
                        .fetchMap(REWARD.ID, REWARD.CUSTOMER_ID);
        taken.forEach((id, customer) -> {
            var wanted = new ReversalRequested(id, REFUNDED);
            tx.publish(Vocabulary.REWARD_REVERSAL_REQUESTED, customer, wanted, cause);
        });
    }

    static void reversed(Transaction tx, Event<RewardDone> event) {
        tx.sql()
                .update(REWARD)
                .set(REWARD.STATE, Given.REVERSED.name())
                .where(REWARD.ID.eq(event.payload().rewardId()))
                .and(REWARD.STATE.eq(Given.REVERSING.name()))
                .execute();
    }
}
