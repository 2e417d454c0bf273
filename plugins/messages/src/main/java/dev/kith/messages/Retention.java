package dev.kith.messages;

import static dev.kith.messages.db.Tables.DELIVERY;
import static dev.kith.messages.db.Tables.LINK;

import dev.kith.api.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Forgets what became of messages, and their links to unsubscribe, when both have had their time.
 * What a customer said with such a link stays.
 */
final class Retention {

    static final String TIMER = "forgetRest";

    /** How many rows of a kind one transaction forgets, so that nobody waits for it. */
    static final int FORGET_MAX = 10_000;

    /** How long others may have the disk in between. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** What the timer is given; there is one. */
    record Rest(int rowsMax) {}

    private final Duration keepFor;

    Retention(MessagesConfig config) {
        this.keepFor = Objects.requireNonNull(config.keepFor());
    }

    /** The job's, and the timer's as long as there was more than one transaction forgets. */
    void forget(Transaction tx) {
        var before = tx.now().minus(keepFor);
        if (Math.max(deliveries(tx, before), links(tx, before)) == FORGET_MAX) {
            tx.later(tx.now().plus(PAUSE), TIMER, new Rest(FORGET_MAX));
        }
    }

    /** One that has not ended is not forgotten, however old. */
    private static int deliveries(Transaction tx, Instant before) {
        return tx.sql()
                .deleteFrom(DELIVERY)
                .where(DELIVERY.ENDED_AT.lt(before))
                .orderBy(DELIVERY.ENDED_AT)
                .limit(FORGET_MAX)
                .execute();
    }

    private static int links(Transaction tx, Instant before) {
        return tx.sql()
                .deleteFrom(LINK)
                .where(LINK.CREATED_AT.lt(before))
                .orderBy(LINK.CREATED_AT)
                .limit(FORGET_MAX)
                .execute();
    }
}
