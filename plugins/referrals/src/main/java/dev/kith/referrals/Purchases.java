package dev.kith.referrals;

import static dev.kith.referrals.db.Tables.CLAIM;
import static dev.kith.referrals.db.Tables.PERSON;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.referrals.Claim.State;
import dev.kith.referrals.Claims.Arrival;
import dev.kith.referrals.Payloads.Purchase;
import dev.kith.referrals.Payloads.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What purchases mean for invitations: who is a customer, who came with a code, who qualifies. */
final class Purchases {

    /** How far the clocks of tills may be behind ours. */
    static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(5);

    private static final String UNKNOWN_CODE = "referrals.unknownCode";

    private final ReferralsConfig config;
    private final Claims claims;

    Purchases(ReferralsConfig config, Claims claims) {
        this.config = config;
        this.claims = claims;
    }

    void take(Transaction tx, List<Event<Purchase>> events) {
        var ours = telling(tx, events);
        if (ours.isEmpty()) {
            return;
        }
        var codes = new HashSet<String>();
        var persons = new HashSet<CustomerId>();
        for (var event : ours) {
            persons.add(event.of());
            code(event).ifPresent(codes::add);
        }
        var owners = Codes.owners(tx, codes);
        persons.addAll(owners.values());
        var known = new HashMap<>(Persons.lock(tx, persons));
        var first = new HashMap<CustomerId, UUID>();
        for (var event : ours) {
            var before = known.putIfAbsent(event.of(), event.id());
            take(tx, event, owners, before != null && !before.equals(event.id()));
            if (before == null) {
                first.put(event.of(), event.id());
            }
        }
        Persons.bought(tx, first);
    }

    // Nearly all purchases are of somebody who bought before, came without a code and has no claim
    // that waits for one. They cost one query for all of them.
    private static List<Event<Purchase>> telling(Transaction tx, List<Event<Purchase>> events) {
        var customers = new HashSet<CustomerId>();
        events.forEach(event -> addIfAny(customers, event.customer()));
        var settled =
                tx.sql()
                        .select(PERSON.CUSTOMER_ID)
                        .from(PERSON)
                        .where(PERSON.CUSTOMER_ID.in(customers))
                        .and(PERSON.FIRST_PURCHASE_ID.isNotNull())
                        .andNotExists(
                                tx.sql()
                                        .selectOne()
                                        .from(CLAIM)
                                        .where(CLAIM.CUSTOMER_ID.eq(PERSON.CUSTOMER_ID))
                                        .and(CLAIM.STATE.eq(State.CLAIMED.name())))
                        .fetchSet(PERSON.CUSTOMER_ID);
        return events.stream()
                .filter(event -> event.customer() != null)
                .filter(event -> !settled.contains(event.of()) || code(event).isPresent())
                .toList();
    }

    private static void addIfAny(Set<CustomerId> customers, @Nullable CustomerId customer) {
        if (customer != null) {
            customers.add(customer);
        }
    }

    private void take(
            Transaction tx,
            Event<Purchase> event,
            Map<String, CustomerId> owners,
            boolean already) {
        code(event).ifPresent(code -> arrive(tx, event, code, owners.get(code), already));
        ClaimTable.accepted(tx, event.of())
                .filter(claim -> claim.state() == State.CLAIMED)
                .ifPresent(claim -> count(tx, claim, event));
    }

    // A code in a purchase of long ago is no claim: this area was not there to answer it.
    private static Optional<String> code(Event<Purchase> event) {
        return Optional.ofNullable(event.payload().referralCode())
                .filter(code -> !event.replayed())
                .map(CodeText::canonical)
                .filter(code -> !code.isEmpty());
    }

    private void arrive(
            Transaction tx,
            Event<Purchase> event,
            String code,
            @Nullable CustomerId inviter,
            boolean already) {
        var stamp = Stamp.because(event).withOccurredAt(event.occurredAt());
        if (inviter == null) {
            var once = stamp.withKey("unknownCode:" + event.id());
            var refused = new Refused(null, UNKNOWN_CODE);
            tx.publish(Vocabulary.REFERRAL_REFUSED, event.of(), refused, once);
            return;
        }
        claims.decide(
                tx, new Arrival(code, event.of(), inviter, already, stamp, event.occurredAt()));
    }

    private void count(Transaction tx, Claim claim, Event<Purchase> event) {
        var at = event.occurredAt();
        if (at.isBefore(claim.claimedAt().minus(CLOCKS_DIFFER_MAX))) {
            claims.refuse(tx, claim, Refusal.ALREADY_CUSTOMER, Stamp.because(event));
            return;
        }
        var purchase = event.payload();
        var order =
                new Refunds.Order(claim.customerId(), purchase.orderId(), purchase.amount(), at);
        if (at.isAfter(claim.expiresAt()) || !config.isEnough(Refunds.left(tx, order, config))) {
            return;
        }
        if (ClaimTable.qualify(tx, claim, order)) {
            tx.cancel("expire", new Claim.Key(claim.id()));
            var stamp = Stamp.because(event).withOccurredAt(at);
            Claims.announce(tx, Vocabulary.REFERRAL_QUALIFIED, claim, stamp);
            Rewards.request(tx, claim, config, Stamp.because(event));
        }
    }
}
