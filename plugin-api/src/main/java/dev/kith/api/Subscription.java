package dev.kith.api;

/**
 * What may be said about a subscription beyond its one line.
 *
 * {@snippet :
 * crm.on("purchase.completed", Purchase.class, "begin", covers::begin)
 *         .fromBeginning();
 * }
 */
public interface Subscription {

    /**
     * The first time this subscription is switched on it begins with the first event ever recorded
     * (handlers see {@link Event#replayed()}); otherwise with the next one.
     */
    Subscription fromBeginning();

    /**
     * The most events one transaction takes: 500 unless said, 5,000 at most. It takes fewer when
     * there are fewer, never none.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than 5,000
     */
    Subscription batchMax(int events);
}
