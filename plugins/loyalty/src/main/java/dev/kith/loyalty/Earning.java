package dev.kith.loyalty;

import static java.util.stream.Collectors.toCollection;

import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Payloads.Purchase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Points for purchases. */
final class Earning {

    private final ProgramConfig config;
    private final Rules rules;
    private final Ledger ledger;
    private final Refunds refunds;

    Earning(ProgramConfig config, Rules rules, Ledger ledger, Refunds refunds) {
        this.config = config;
        this.rules = rules;
        this.ledger = ledger;
        this.refunds = refunds;
    }

    /**
     * Credits purchases, each once. One that earns nothing leaves an entry that says why. A customer
     * who is archived earns as well: archiving hides a customer and ends nothing.
     */
    void earn(Transaction tx, List<Event<Purchase>> events) {
        // A purchase of nobody we know earns nobody anything.
        var known = events.stream().filter(event -> event.customer() != null).toList();
        var standings = standings(tx, known);
        var postings = new ArrayList<Posting>(known.size());
        for (var event : known) {
            var standing = standings.getOrDefault(event.of(), Standing.UNREAD);
            postings.add(posting(tx, event, standing));
        }
        ledger.credit(tx, postings);
        refunds.arrived(tx, postings);
    }

    // Locked, so that what was earned before cannot change while it decides what is earned now.
    private Map<CustomerId, Standing> standings(Transaction tx, List<Event<Purchase>> events) {
        if (events.isEmpty() || !config.looksBack()) {
            return Map.of();
        }
        var customers = events.stream().map(Event::of).collect(toCollection(TreeSet::new));
        LedgerTable.lock(tx.sql(), customers, tx.now());
        var earliest =
                events.stream()
                        .map(event -> Ledger.day(tx, event.occurredAt()))
                        .reduce((a, b) -> a.isBefore(b) ? a : b)
                        .orElse(LocalDate.MIN);
        return Standing.of(tx.sql(), customers, earliest);
    }

    private Posting posting(Transaction tx, Event<Purchase> event, Standing standing) {
        var purchase = event.payload();
        var lot = ledger.lot(tx, event.occurredAt());
        var earned = rules.earned(tx, event.of(), purchase, lot.earnedOn(), standing);
        if (standing != Standing.UNREAD) {
            standing.add(lot.earnedOn(), earned.points());
        }
        return Posting.of(tx, event.of(), Kind.EARN, earned.points(), earned.reason())
                .because(event.id(), purchase.orderId(), event.occurredAt())
                .with(purchase.amount(), earned.applied())
                .in(lot);
    }
}
