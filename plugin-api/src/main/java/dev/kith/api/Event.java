package dev.kith.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as a subscription sees it.
 *
 * {@snippet :
 * void register(Transaction tx, Event<Purchase> event) {
 *     var ends = event.occurredAt().plus(WARRANTY);
 *     tx.sql().insertInto(COVER).set(COVER.CUSTOMER_ID, event.of()).set(COVER.ENDS_AT, ends).execute();
 * }
 * }
 *
 * @param id UUIDv7, made when it was published
 * @param customer whose timeline it belongs to, if anybody's
 * @param occurredAt when it happened; may lie before {@code recordedAt}
 * @param recordedAt when it entered the log
 * @param replayed true for what was recorded before this subscription existed
 * @param payload the consumer's own reading of the JSON
 */
public record Event<T>(
        UUID id,
        String topic,
        @Nullable CustomerId customer,
        Instant occurredAt,
        Instant recordedAt,
        boolean replayed,
        T payload) {

    /**
     * The customer of an event that always has one.
     *
     * @throws IllegalStateException for an event without a customer
     */
    public CustomerId of() {
        if (customer == null) {
            throw new IllegalStateException("event " + id + " on " + topic + " has no customer");
        }
        return customer;
    }
}
