package dev.kith.messages;

import dev.kith.api.Contacts;
import dev.kith.api.Crm;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.messages.Delivery.State;
import dev.kith.messages.DeliveryTable.Pending;
import dev.kith.messages.Outgoing.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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

    /** What is to be done now. */
    private sealed interface Verdict {
        record Go(Outgoing message) implements Verdict {}

        record Wait(Reason reason, Instant until) implements Verdict {}

        record Never(State state, Reason reason) implements Verdict {}
    }

    /** Whom a message is for, as they are now. */
    private record Reader(Customer customer, Contacts contacts) {}

    private record Reach(Channel channel, String address) {}

    private final MessagesConfig config;
    private final Templates templates;
    private final Unsubscribing unsubscribing;
    private final Carriers carriers;

    Sending(
            MessagesConfig config,
            Templates templates,
            Unsubscribing unsubscribing,
            Carriers carriers) {
        this.config = config;
        this.templates = templates;
        this.unsubscribing = unsubscribing;
        this.carriers = carriers;
    }

    @Override
    public Optional<Outgoing> decide(Transaction tx, Key key) {
        var pending = DeliveryTable.lock(tx.sql(), key.delivery());
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        switch (judge(tx, pending.get())) {
            case Verdict.Go(var message) -> {
                DeliveryTable.tried(tx.sql(), key.delivery(), message.channel());
                return Optional.of(message);
            }
            case Verdict.Wait(var reason, var until) -> rest(tx, key, reason, until);
            case Verdict.Never(var state, var reason) -> end(tx, pending.get(), state, reason);
        }
        return Optional.empty();
    }

    private Verdict judge(Transaction tx, Pending pending) {
        if (!tx.now().isBefore(pending.expiresAt())) {
            return suppressed(Reason.EXPIRED);
        }
        var template = templates.find(tx.sql(), pending.template());
        if (template.isEmpty()) {
            return suppressed(Reason.UNKNOWN_TEMPLATE);
        }
        var reader = reader(tx, pending);
        return reader.isEmpty()
                ? suppressed(Reason.NO_ADDRESS)
                : judge(tx, pending, template.get(), reader.get());
    }

    private Verdict judge(Transaction tx, Pending pending, Template template, Reader reader) {
        var purpose = config.purpose(pending.purpose());
        var barred = Reason.NO_ADDRESS;
        for (var channel : config.order()) {
            var address = channel.address(reader.contacts());
            if (address.isPresent()) {
                var bar = bar(tx, pending.purpose(), purpose, reader.customer().id(), channel);
                if (bar.isEmpty()) {
                    var reach = new Reach(channel, address.get());
                    return judge(tx, pending, template, reader, reach);
                }
                barred = barred == Reason.UNSUBSCRIBED ? barred : bar.get();
            }
        }
        return suppressed(barred);
    }

    /** What stands against a channel. */
    private Optional<Reason> bar(
            Transaction tx,
            String name,
            MessagesConfig.Purpose purpose,
            CustomerId customer,
            Channel channel) {
        if (!purpose.consent()) {
            return Optional.empty();
        }
        if (unsubscribing.has(tx, customer, name, channel)) {
            return Optional.of(Reason.UNSUBSCRIBED);
        }
        return tx.consented(name, channel.text(), Set.of(customer)).isEmpty()
                ? Optional.of(Reason.NO_CONSENT)
                : Optional.empty();
    }

    private Verdict judge(
            Transaction tx, Pending pending, Template template, Reader reader, Reach reach) {
        var purpose = config.purpose(pending.purpose());
        var language = Language.of(reader.customer().locale(), config.language());
        var zone = Objects.requireNonNullElse(reader.contacts().timeZone(), tx.zone());
        var values = values(pending, reader, language, zone);
        if (!template.canBeFilled(language, values)) {
            return new Verdict.Never(State.FAILED, Reason.MISSING_DATA);
        }
        var quietUntil = purpose.quietHours() ? config.quietHours().end(tx.now(), zone) : Optional.<Instant>empty();
        if (quietUntil.isPresent()) {
            return new Verdict.Wait(Reason.QUIET_HOURS, quietUntil.get());
        }
        if (isTooMany(tx, pending, reader.customer().id(), purpose)) {
            return suppressed(Reason.TOO_MANY);
        }
        var link =
                purpose.consent()
                        ? unsubscribing.link(tx, reader.customer().id(), pending.purpose(), reach.channel())
                        : null;
        var content = template.render(language, values);
        return new Verdict.Go(
                new Outgoing(
                        pending.id(),
                        pending.messageId(),
                        template.name(),
                        reach.channel(),
                        reach.address(),
                        language,
                        link == null ? content : Unsubscribing.below(content, language, link),
                        link,
                        tx.now()));
    }

    private static Map<String, String> values(
            Pending pending, Reader reader, Language language, java.time.ZoneId zone) {
        var all = new HashMap<String, Object>(pending.data());
        all.put(Template.CUSTOMER_NAME, reader.customer().name());
        return Values.of(all, language, zone);
    }

    private static Optional<Reader> reader(Transaction tx, Pending pending) {
        var id = pending.customer();
        if (id == null) {
            return Optional.empty();
        }
        try {
            var customer = tx.customer(id);
            return customer.archived()
                    ? Optional.empty()
                    : Optional.of(new Reader(customer, tx.contacts(id)));
        } catch (Problem gone) {
            if (gone.code() == StandardError.NOT_FOUND) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    private boolean isTooMany(
            Transaction tx, Pending pending, CustomerId customer, MessagesConfig.Purpose purpose) {
        var pressure = Objects.requireNonNull(config.pressure());
        var since = tx.now().minus(Duration.ofDays(pressure.days()));
        var others = DeliveryTable.others(tx.sql(), customer, pending.id(), since);
        if (purpose.pressure() && others >= pressure.messages()) {
            return true;
        }
        DeliveryTable.count(tx.sql(), pending.id(), tx.now());
        return false;
    }

    private static Verdict suppressed(Reason reason) {
        return new Verdict.Never(State.SUPPRESSED, reason);
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
            case Outcome.Unknown unknown ->
                    rest(
                            tx,
                            key,
                            Reason.UNREACHABLE,
                            tx.now().plus(untilRetry(delivery.attempts())));
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
