package dev.kith.messages;

import dev.kith.api.Crm;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.messages.Delivery.State;
import dev.kith.messages.DeliveryTable.Pending;
import dev.kith.messages.Judging.Verdict;
import dev.kith.messages.Outgoing.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to reach somebody. All that could have changed since the message was asked for is
 * looked at in the transaction right before it, and again before the next.
 */
final class Sending implements Crm.Effect<Sending.Key, Outgoing, Outcome> {

    static final String NAME = "deliver";
    static final String TIMER = "wake";

    private static final Duration RETRY_FIRST = Duration.ofMinutes(1);
    private static final Duration RETRY_MAX = Duration.ofHours(1);
    private static final int DOUBLINGS_MAX = 6;

    record Key(UUID delivery) {}

    private final Judging judging;
    private final Carriers carriers;

    Sending(Judging judging, Carriers carriers) {
        this.judging = judging;
        this.carriers = carriers;
    }

    @Override
    public Optional<Outgoing> decide(Transaction tx, Key key) {
        var pending = DeliveryTable.lock(tx.sql(), key.delivery());
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        switch (judging.judge(tx, pending.get())) {
            case Verdict.Go(var message) -> {
                DeliveryTable.tried(tx.sql(), key.delivery(), message.channel());
                return Optional.of(message);
            }
            case Verdict.Wait(var reason, var until) -> rest(tx, key, reason, until);
            case Verdict.Never(var state, var reason) -> end(tx, pending.get(), state, reason);
        }
        return Optional.empty();
    }

    @Override
    public Outcome act(Outgoing message) throws InterruptedException {
        return carriers.carry(message);
    }

    @Override
    public void conclude(Transaction tx, Key key, Outcome outcome) {
        var pending = DeliveryTable.lock(tx.sql(), key.delivery());
        if (pending.isEmpty()) {
            return; // erased meanwhile
        }
        var delivery = pending.get();
        switch (outcome) {
            case Outcome.Taken(var channel) -> {
                DeliveryTable.count(tx.sql(), delivery.id(), tx.now());
                DeliveryTable.end(tx.sql(), delivery.id(), State.SENT, null, tx.now());
                tx.publish(
                        Vocabulary.MESSAGE_SENT,
                        delivery.customer(),
                        new Payloads.MessageSent(delivery.messageId(), channel.text()));
            }
            case Outcome.Refused refused -> end(tx, delivery, State.FAILED, Reason.REFUSED);
            case Outcome.Unknown unknown -> {
                // What nobody could bring weighs on nobody; the next attempt is counted anew.
                DeliveryTable.count(tx.sql(), delivery.id(), null);
                rest(tx, key, Reason.UNREACHABLE, tx.now().plus(untilRetry(delivery.attempts())));
            }
        }
    }

    private static Duration untilRetry(int attempts) {
        var doublings = Math.min(Math.max(attempts - 1, 0), DOUBLINGS_MAX);
        var delay = RETRY_FIRST.multipliedBy(1L << doublings);
        return delay.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : delay;
    }

    private static void rest(Transaction tx, Key key, Reason reason, Instant until) {
        DeliveryTable.wait(tx.sql(), key.delivery(), reason, until);
        tx.later(until, TIMER, key);
    }

    /** It is over, without having reached anybody as far as is known. */
    static void end(Transaction tx, Pending delivery, State state, Reason reason) {
        DeliveryTable.end(tx.sql(), delivery.id(), state, reason, tx.now());
        if (state == State.FAILED) {
            DeliveryTable.count(tx.sql(), delivery.id(), null);
            tx.publish(
                    Vocabulary.MESSAGE_FAILED,
                    delivery.customer(),
                    new Payloads.MessageFailed(delivery.messageId(), reason));
        } else {
            tx.publish(
                    Vocabulary.MESSAGE_SUPPRESSED,
                    delivery.customer(),
                    new Payloads.MessageSuppressed(delivery.messageId(), reason));
        }
    }
}
