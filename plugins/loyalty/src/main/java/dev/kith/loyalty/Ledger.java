package dev.kith.loyalty;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Payloads.PointsEarned;
import dev.kith.loyalty.Payloads.PointsReversed;
import dev.kith.loyalty.Posting.Lot;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;

/** How points come, and how they are taken back. */
final class Ledger {

    private final ProgramConfig config;

    Ledger(ProgramConfig config) {
        this.config = config;
    }

    static LocalDate day(Read read, Instant instant) {
        return instant.atZone(read.zone()).toLocalDate();
    }

    /** Points of one day are a lot, and expire together at the end of their last day. */
    Lot lot(Read read, Instant earned) {
        var day = day(read, earned);
        if (config.expiresAfter() == null) {
            return new Lot(day, null);
        }
        var end = day.plus(config.expiresAfter()).plusDays(1).atStartOfDay(read.zone());
        return new Lot(day, end.toInstant());
    }

    /** Adds what was earned or granted; who owes points pays them with it. */
    void credit(Transaction tx, List<Posting> postings) {
        var owing = new TreeMap<CustomerId, Long>();
        for (var posted : LedgerTable.post(tx.sql(), postings, tx.now())) {
            var posting = posted.posting();
            if (posting.points() > 0) {
                tx.publish(
                        Vocabulary.POINTS_EARNED,
                        posting.customer(),
                        new PointsEarned(posting.points(), posted.balance()),
                        new Stamp(posting.occurredAt(), null, posting.cause()));
                if (posted.debt() > 0) {
                    owing.merge(posting.customer(), posting.points(), Long::sum);
                }
            }
        }
        owing.forEach((customer, earned) -> repay(tx, customer, earned));
    }

    private static void repay(Transaction tx, CustomerId customer, long earned) {
        var debt = LedgerTable.locked(tx.sql(), customer, tx.now()).debt();
        var points = Math.min(earned, debt);
        var posting = Posting.of(tx, customer, Kind.REPAY, -points, Reason.DEBT).owing(-points);
        debit(tx, posting);
    }

    /**
     * Takes back as many points as the settings allow.
     *
     * @param wanted with all the points that should go; its lot gives no more than has not expired
     */
    void takeBack(Transaction tx, Posting wanted) {
        var totals = LedgerTable.locked(tx.sql(), wanted.customer(), tx.now());
        var all = -wanted.points();
        var lot = wanted.lot();
        var due =
                lot == null
                        ? all
                        : Math.min(all, Lots.reversible(tx.sql(), wanted.customer(), lot));
        var there = Math.min(due, Math.max(0, totals.available()));
        debit(
                tx,
                switch (config.alreadySpent()) {
                    case NEGATIVE -> wanted.of(-due, 0, null);
                    case BLOCK -> wanted.of(-there, 0, kept(due - there));
                    case DEBT -> wanted.of(-there, due - there, null);
                });
    }

    private static @org.jspecify.annotations.Nullable String kept(long points) {
        return points == 0 ? null : "alreadySpent %d".formatted(points);
    }

    private static void debit(Transaction tx, Posting posting) {
        for (var posted : LedgerTable.post(tx.sql(), List.of(posting), tx.now())) {
            if (posting.points() != 0 || posting.debt() != 0) {
                tx.publish(
                        Vocabulary.POINTS_REVERSED,
                        posting.customer(),
                        new PointsReversed(-posting.points(), posted.balance(), posted.debt()));
            }
        }
    }
}
