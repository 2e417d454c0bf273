package dev.kith.places;

import dev.kith.api.Audience;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.places.Decision.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides for whoever enters a fence, once for each promotion that stands on it. */
final class Deciding {

    /** Compiled audiences that are kept; with more, all are compiled anew. */
    private static final int AUDIENCES_MAX = 1_000;

    private final PlacesConfig config;
    private final PromotionTable table = new PromotionTable();
    private final Function<String, Audience> audiences;
    private final Map<String, Audience> compiled = new ConcurrentHashMap<>();

    /** What was decided, and which facts were missing for it. */
    private record Verdict(Outcome outcome, List<String> missing) {
        static Verdict of(Outcome outcome) {
            return new Verdict(outcome, List.of());
        }
    }

    Deciding(PlacesConfig config, Function<String, Audience> audiences) {
        this.config = config;
        this.audiences = audiences;
    }

    /** Many at once, because most who enter meet no promotion, and that is one question then. */
    void entered(Transaction tx, List<Event<Payloads.PlaceEntered>> events) {
        var fences = events.stream().map(each -> each.payload().fenceId()).distinct().toList();
        var active = table.active(tx.sql(), fences);
        if (active.isEmpty()) {
            return;
        }
        // Whoever has withdrawn meanwhile is given nothing, and nothing is kept of it.
        var people = events.stream().map(Event::of).collect(Collectors.toSet());
        var consented = tx.consented(Observations.PURPOSE, null, people);
        var entered = events.stream().filter(each -> consented.contains(each.of())).toList();
        // Facts are for other areas to say, and may take them long. So all are asked for before the
        // first row is locked, and nobody waits behind it meanwhile.
        var asked = new HashMap<UUID, Map<UUID, Verdict>>();
        active.forEach(each -> asked.put(each.id(), ask(tx, entered, each)));
        // One promotion after the other, so that all who decide take the rows in the same order.
        for (var seen : active) {
            // The row is the gate: whoever holds it sees all that was given before.
            table.find(tx.sql(), seen.id(), true)
                    .filter(promotion -> promotion.state() == Promotion.State.ACTIVE)
                    .ifPresent(promotion -> {
                        if (promotion.version() != seen.version()) {
                            asked.remove(seen.id());
                        }
                        var known = asked.getOrDefault(seen.id(), Map.of());
                        decide(tx, entered, promotion, known);
                    });
        }
    }

    /** Who is in the audience, by their entry, of those who would get it as things stand. */
    private Map<UUID, Verdict> ask(
            Transaction tx, List<Event<Payloads.PlaceEntered>> events, Promotion promotion) {
        if (promotion.terms().audience() == null) {
            return Map.of();
        }
        var asked = new HashMap<UUID, Verdict>();
        for (var event : concerning(events, promotion)) {
            if (bar(tx, event, promotion) == null) {
                asked.put(event.id(), audience(tx, event, promotion.terms().audience()));
            }
        }
        return asked;
    }

    private static List<Event<Payloads.PlaceEntered>> concerning(
            List<Event<Payloads.PlaceEntered>> events, Promotion promotion) {
        var fences = promotion.terms().fenceIds();
        return events.stream().filter(each -> fences.contains(each.payload().fenceId())).toList();
    }

    private void decide(
            Transaction tx,
            List<Event<Payloads.PlaceEntered>> events,
            Promotion promotion,
            Map<UUID, Verdict> asked) {
        var left = promotion;
        for (var event : concerning(events, promotion)) {
            if (!table.isDecided(tx.sql(), promotion.id(), event.id())) {
                left = decide(tx, event, left, asked.get(event.id()));
            }
        }
    }

    /** What is left of the promotion. */
    private Promotion decide(
            Transaction tx,
            Event<Payloads.PlaceEntered> event,
            Promotion promotion,
            @Nullable Verdict asked) {
        var customer = event.of();
        var verdict = verdict(tx, event, promotion, asked);
        var decision =
                new Decision(
                        tx.newId(),
                        promotion.id(),
                        customer,
                        event.payload().fenceId(),
                        verdict.outcome,
                        verdict.missing,
                        tx.now());
        var today = tx.now().atZone(tx.zone()).toLocalDate();
        table.insert(tx.sql(), decision, event.id(), today);
        if (verdict.outcome == Outcome.GRANTED) {
            table.use(tx.sql(), promotion.id(), 1);
            grant(tx, customer, promotion, decision.id());
            return promotion.usedOnce();
        }
        return promotion;
    }

    /** What loyalty did not give has not been used. A reward is the decision that asked for it. */
    void refused(Transaction tx, List<Event<Payloads.RewardRefused>> events) {
        table.giveBack(tx.sql(), events.stream().map(each -> each.payload().rewardId()).toList());
    }

    // Who was barred when it was asked, or whose promotion has changed since, is asked about now.
    private Verdict verdict(
            Transaction tx,
            Event<Payloads.PlaceEntered> event,
            Promotion promotion,
            @Nullable Verdict asked) {
        var bar = bar(tx, event, promotion);
        if (bar != null) {
            return Verdict.of(bar);
        }
        return asked == null ? audience(tx, event, promotion.terms().audience()) : asked;
    }

    /** What stands against it, whoever the customer is. */
    private @Nullable Outcome bar(
            Transaction tx, Event<Payloads.PlaceEntered> event, Promotion promotion) {
        var terms = promotion.terms();
        var untimely = untimely(tx, event.occurredAt(), terms);
        if (untimely != null) {
            return untimely;
        }
        if (promotion.used() >= terms.budget()) {
            return Outcome.BUDGET_SPENT;
        }
        var today = tx.now().atZone(tx.zone()).toLocalDate();
        var had = table.had(tx.sql(), promotion, event.of(), today);
        if (had.ever() >= terms.perCustomerTotal()) {
            return Outcome.CUSTOMER_TOTAL_CAP;
        }
        return had.today() >= terms.perCustomerPerDay() ? Outcome.CUSTOMER_DAY_CAP : null;
    }

    private @Nullable Outcome untimely(Transaction tx, Instant enteredAt, Promotion.Draft terms) {
        var now = tx.now();
        if (terms.startsAt() != null && now.isBefore(terms.startsAt())) {
            return Outcome.NOT_STARTED;
        }
        if (terms.endsAt() != null && !now.isBefore(terms.endsAt())) {
            return Outcome.OVER;
        }
        if (enteredAt.plus(config.promoteWithin()).isBefore(now)) {
            return Outcome.LATE;
        }
        return terms.isOpenAt(now.atZone(tx.zone())) ? null : Outcome.OUTSIDE_HOURS;
    }

    // Only for whom nothing else stands against, because it may ask other areas.
    private Verdict audience(
            Transaction tx, Event<Payloads.PlaceEntered> event, @Nullable String expression) {
        if (expression == null) {
            return Verdict.of(Outcome.GRANTED);
        }
        Map<String, Object> data = Map.of("fenceId", event.payload().fenceId().toString());
        var answer = compiled(expression).test(tx, event.of(), data);
        if (answer.yes()) {
            return Verdict.of(Outcome.GRANTED);
        }
        var missing = answer.missing().stream().sorted().toList();
        // Whoever has no such value is not in the audience, however long one asks.
        return new Verdict(
                answer.unavailable().isEmpty() ? Outcome.NOT_IN_AUDIENCE : Outcome.FACT_UNAVAILABLE,
                missing);
    }

    private Audience compiled(String expression) {
        if (compiled.size() >= AUDIENCES_MAX) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(expression, audiences);
    }

    private static void grant(
            Transaction tx, CustomerId customer, Promotion promotion, UUID decision) {
        var terms = promotion.terms();
        var points = terms.points();
        if (points != null) {
            tx.publish(
                    Vocabulary.REWARD_REQUESTED,
                    customer,
                    new Payloads.RewardRequested(decision, "points", points, terms.name()));
        }
        var template = terms.template();
        if (template != null) {
            tx.publish(
                    Vocabulary.MESSAGE_REQUESTED,
                    customer,
                    new Payloads.MessageRequested(
                            decision,
                            "marketing",
                            template,
                            new Payloads.MessageRequested.Named(terms.name())));
        }
    }
}
