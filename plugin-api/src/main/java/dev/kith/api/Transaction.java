package dev.kith.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One database transaction, living exactly as long as the handler that was given it. Returning
 * commits, throwing rolls back. What is published, scheduled or sent is part of it.
 *
 * {@snippet :
 * Claim open(Transaction tx, Request request, NewClaim input) {
 *     var claim = new Claim(tx.newId(), input.text(), tx.now());
 *     tx.sql().insertInto(CLAIM).set(CLAIM.ID, claim.id()).set(CLAIM.TEXT, claim.text()).execute();
 *     tx.publish("claim.opened", input.customerId(), new ClaimOpened(claim.id()));
 *     tx.later(tx.now().plus(ANSWER_WITHIN), "remind", new Key(claim.id()));
 *     return claim;
 * }
 * }
 */
public interface Transaction extends Read {

    /** An id for a new row: UUIDv7, so that rows made one after another sort that way. */
    UUID newId();

    /**
     * A secret for a link that whoever holds it may follow: 256 random bits, as 43 characters that
     * stand in a path unchanged. Keep only its {@link Secret#sha256}, and look it up by that.
     */
    Secret newToken();

    /** Publishes now, without a key. See {@link #publish(String, CustomerId, Object, Stamp)}. */
    default UUID publish(String topic, @Nullable CustomerId customer, Object payload) {
        return publish(topic, customer, payload, Stamp.NONE);
    }

    /**
     * Records an event with this transaction: no commit, no event; commit, and it is there. Events
     * of one customer are delivered in the order of commit.
     *
     * <p>One transaction publishes at most 500 events, and 10 more for the request, or for each line
     * and each event of others, that it works on; one more throws {@link IllegalStateException}. What
     * a plugin publishes beyond those 10 for each is limited to 1,000 events a second and 500 at
     * once, on each node: above that its next transaction waits, and a request that waits past its
     * deadline is answered 503. Who has to say something of everybody takes pages, one timer after
     * the other.
     *
     * @param topic one this plugin declared with {@code publishes} or {@code accepts}, or a request
     *     to another area: whatever ends in {@code Requested}
     * @param customer whose timeline it belongs to; without one it has no order
     * @param payload a record, written as JSON of at most 64 kB
     * @param stamp when it happened and under which key; an event whose key this plugin has used
     *     before is dropped
     * @return the event's id
     * @throws IllegalArgumentException if this plugin does not own the topic, or the payload is
     *     larger
     */
    UUID publish(String topic, @Nullable CustomerId customer, Object payload, Stamp stamp);

    /**
     * Arms a timer of this plugin; the same timer and key again moves it, and begins its tries anew.
     * A time that has passed is due at once, after the commit.
     *
     * @param timer its name as it was declared, in lowerCamel and without the plugin
     * @param key what the handler is given, written as JSON of at most 8 kB
     * @throws IllegalArgumentException if this plugin declares no such {@link Crm#timer}, or the key
     *     is larger
     */
    void later(Instant at, String timer, Object key);

    /** Disarms a timer that was armed with an equal key. Does nothing if it is not armed. */
    void cancel(String timer, Object key);

    /**
     * Asks for an effect outside the database, which begins after the commit.
     *
     * @param sender its name as it was declared with {@link Crm#sends(String, Class, Crm.Sender)}
     * @param payload what the sender is given, written as JSON of at most 64 kB
     * @return the id that every attempt carries
     * @throws IllegalArgumentException if this plugin declares no such sender, or the payload is
     *     larger
     */
    UUID send(String sender, Object payload);
}
