package dev.kith.messages;

import dev.kith.api.Contacts;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.messages.Delivery.State;
import dev.kith.messages.DeliveryTable.Pending;
import dev.kith.messages.Outgoing.Rendered;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether a message may go now: all that could have changed since it was asked for. */
final class Judging {

    /** What is to be done now. */
    sealed interface Verdict {
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

    Judging(MessagesConfig config, Templates templates, Unsubscribing unsubscribing) {
        this.config = config;
        this.templates = templates;
        this.unsubscribing = unsubscribing;
    }

    Verdict judge(Transaction tx, Pending pending) {
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
                : channel(tx, pending, template.get(), reader.get());
    }

    private Verdict channel(Transaction tx, Pending pending, Template template, Reader reader) {
        var purpose = config.purpose(pending.purpose());
        var barred = Reason.NO_ADDRESS;
        for (var channel : config.order()) {
            var address = channel.address(reader.contacts());
            if (address.isPresent()) {
                var bar = bar(tx, pending.purpose(), purpose, reader.customer().id(), channel);
                if (bar.isEmpty()) {
                    var reach = new Reach(channel, address.get());
                    return content(tx, pending, template, reader, reach);
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

    /** On a channel that is open: whether there is something to say, and whether now. */
    private Verdict content(
            Transaction tx, Pending pending, Template template, Reader reader, Reach reach) {
        var purpose = config.purpose(pending.purpose());
        var language = Language.of(reader.customer().locale(), config.otherwise());
        var zone = Objects.requireNonNullElse(reader.contacts().timeZone(), tx.zone());
        var values = values(pending, reader, language, zone);
        if (!template.canBeFilled(language, values)) {
            return new Verdict.Never(State.FAILED, Reason.MISSING_DATA);
        }
        var quiet = Objects.requireNonNull(config.quietHours()).end(tx.now(), zone);
        if (purpose.quietHours() && quiet.isPresent()) {
            return new Verdict.Wait(Reason.QUIET_HOURS, quiet.get());
        }
        if (isTooMany(tx, pending, reader.customer().id(), purpose)) {
            return suppressed(Reason.TOO_MANY);
        }
        return go(tx, pending, reach, language, template.render(language, values));
    }

    private Verdict go(
            Transaction tx, Pending pending, Reach reach, Language language, Rendered content) {
        var link =
                config.purpose(pending.purpose()).consent()
                        ? unsubscribing.link(tx, pending, reach.channel())
                        : null;
        return new Verdict.Go(
                new Outgoing(
                        pending.id(),
                        pending.messageId(),
                        pending.template(),
                        reach.channel(),
                        reach.address(),
                        language,
                        link == null ? content : Unsubscribing.below(content, language, link),
                        link,
                        tx.now()));
    }

    private static Map<String, String> values(
            Pending pending, Reader reader, Language language, ZoneId zone) {
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
}
