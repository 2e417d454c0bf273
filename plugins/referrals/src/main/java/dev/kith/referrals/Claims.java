package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static org.jooq.impl.DSL.noCondition;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.referrals.Claim.State;
import dev.kith.referrals.Payloads.Referral;
import dev.kith.referrals.Payloads.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who was invited by whom: decides about claims, and ends those that nothing came of. */
final class Claims {

    /**
     * Somebody who comes with a code.
     *
     * @param customerAlready whether they bought before
     */
    record Arrival(
            String code,
            CustomerId referee,
            CustomerId inviter,
            boolean customerAlready,
            Stamp stamp,
            Instant at) {}

    /** What became of it; not new if the same was claimed before. */
    record Decided(Claim claim, boolean isNew) {}

    private final ReferralsConfig config;

    Claims(ReferralsConfig config) {
        this.config = config;
    }

    /** A refusal is an outcome and is kept, so it is answered like a claim that was accepted. */
    Claim claim(Transaction tx, Request request, Claim.New input) {
        var referee = tx.customerOf(input);
        var code = CodeText.canonical(input.code());
        var inviter = Codes.owners(tx, Set.of(code)).get(code);
        if (inviter == null) {
            throw StandardError.UNKNOWN_REFERENCE
                    .because("there is no such code")
                    .at("/code", "unknownReference", "unknown");
        }
        var bought = Persons.lock(tx, List.of(referee, inviter));
        var already = bought.containsKey(referee);
        var arrival = new Arrival(code, referee, inviter, already, Stamp.NONE, tx.now());
        var decided = decide(tx, arrival);
        if (!decided.isNew()) {
            request.answers(200);
        }
        return decided.claim();
    }

    /** Both persons are locked. */
    Decided decide(Transaction tx, Arrival arrival) {
        var before = ClaimTable.accepted(tx, arrival.referee());
        if (before.isPresent() && before.get().inviterId().equals(arrival.inviter())) {
            return new Decided(before.get(), false);
        }
        var refusal = refusal(tx, arrival, before.isPresent());
        var claim = claim(tx.newId(), arrival, refusal);
        if (!ClaimTable.insert(tx, claim)) {
            return new Decided(ClaimTable.refusedBefore(tx, claim), false);
        }
        if (refusal == null) {
            tx.later(claim.expiresAt(), "expire", new Claim.Key(claim.id()));
            announce(tx, Vocabulary.REFERRAL_CLAIMED, claim, arrival.stamp());
        } else {
            announceRefusal(tx, claim, refusal, arrival.stamp());
        }
        return new Decided(claim, true);
    }

    private @Nullable Refusal refusal(Transaction tx, Arrival arrival, boolean claimedBefore) {
        if (arrival.inviter().equals(arrival.referee())) {
            return Refusal.OWN_CODE;
        }
        if (claimedBefore) {
            return Refusal.ALREADY_CLAIMED;
        }
        if (arrival.customerAlready()) {
            return Refusal.ALREADY_CUSTOMER;
        }
        if (Persons.wouldCloseCircle(tx, arrival.referee(), arrival.inviter())) {
            return Refusal.CIRCLE;
        }
        return Persons.countsOneMore(tx, arrival.inviter(), config.invitationsMax())
                ? null
                : Refusal.TOO_MANY;
    }

    private Claim claim(UUID id, Arrival arrival, @Nullable Refusal refusal) {
        return new Claim(
                id,
                arrival.code(),
                arrival.referee(),
                arrival.inviter(),
                refusal == null ? State.CLAIMED : State.REFUSED,
                refusal,
                arrival.at(),
                arrival.at().plus(config.qualifyWithin()),
                null,
                null,
                List.of());
    }

    /** A claim that was accepted turns out to be of somebody who had bought before it. */
    void refuse(Transaction tx, Claim claim, Refusal refusal, Stamp stamp) {
        if (ClaimTable.end(tx, claim, State.REFUSED, Optional.of(refusal))) {
            Persons.countOneLess(tx, claim.inviterId());
            tx.cancel("expire", new Claim.Key(claim.id()));
            announceRefusal(tx, claim, refusal, stamp);
        }
    }

    /** The timer's: the purchase did not come in time. */
    void expire(Transaction tx, Claim.Key key) {
        ClaimTable.find(tx, key.id())
                .filter(claim -> ClaimTable.end(tx, claim, State.EXPIRED, Optional.empty()))
                .ifPresent(claim -> announce(tx, Vocabulary.REFERRAL_EXPIRED, claim, Stamp.NONE));
    }

    static void announce(Transaction tx, String topic, Claim claim, Stamp stamp) {
        var payload = new Referral(claim.id(), claim.inviterId().value());
        tx.publish(topic, claim.customerId(), payload, stamp);
    }

    private static void announceRefusal(Transaction tx, Claim claim, Refusal refusal, Stamp stamp) {
        var payload = new Refused(claim.id(), refusal.text());
        tx.publish(Vocabulary.REFERRAL_REFUSED, claim.customerId(), payload, stamp);
    }

    Claim find(Read read, Request request) {
        return ClaimTable.find(read, request.id("claim"))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such claim"));
    }

    Page<Claim> list(Read read, Request request) {
        var which = request.after().map(UUID::fromString).map(CLAIM.ID::lt).orElse(noCondition());
        var state = request.query("state", State.class);
        var referee = request.query("customerId", UUID.class);
        var inviter = request.query("inviterId", UUID.class);
        which =
                which.and(state.map(one -> CLAIM.STATE.eq(one.name())).orElse(noCondition()))
                        .and(
                                referee.map(id -> CLAIM.CUSTOMER_ID.eq(new CustomerId(id)))
                                        .orElse(noCondition()))
                        .and(inviter.map(CLAIM.INVITER_ID::eq).orElse(noCondition()));
        var rows = ClaimTable.list(read, which, request.limit() + 1);
        return Page.of(rows, request.limit(), claim -> claim.id().toString());
    }
}
