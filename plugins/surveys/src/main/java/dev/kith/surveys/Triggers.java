package dev.kith.surveys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.Audience;
import dev.kith.api.Crm;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Problem;
import dev.kith.api.Stamp;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.surveys.SurveysConfig.Trigger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Asks by itself, some time after something happened. */
final class Triggers {

    /** Nobody is asked about what happened longer ago, such as a past that is imported. */
    static final Duration FRESH_FOR = Duration.ofDays(7);

    /** The key of the timer that asks. */
    record Due(String trigger, UUID event, CustomerId customer) {}

    private final SurveysConfig config;
    private final Invitations invitations;
    private final Documents documents;
    private final Map<String, Audience> audiences = new HashMap<>();

    Triggers(SurveysConfig config, Invitations invitations, Documents documents) {
        this.config = config;
        this.invitations = invitations;
        this.documents = documents;
    }

    /** Hears the topics that the settings name; whose plugin is off or unknown stays silent. */
    void register(Crm crm) {
        for (var trigger : config.triggers()) {
            if (trigger.when() != null) {
                audiences.put(trigger.name(), crm.audience(trigger.when()));
            }
            crm.on(
                    trigger.topic(),
                    JsonNode.class,
                    "ask-" + trigger.name(),
                    (tx, event) -> happened(tx, event, trigger));
        }
        crm.timer("ask", Due.class, this::ask);
    }

    private void happened(Transaction tx, Event<JsonNode> event, Trigger trigger) {
        var customer = event.customer();
        if (customer == null || event.occurredAt().isBefore(tx.now().minus(FRESH_FOR))) {
            return;
        }
        if (isMeant(tx, event, customer, trigger)) {
            tx.later(
                    event.occurredAt().plus(trigger.delay()),
                    "ask",
                    new Due(trigger.name(), event.id(), customer));
        }
    }

    private boolean isMeant(
            Transaction tx, Event<JsonNode> event, CustomerId customer, Trigger trigger) {
        var audience = audiences.get(trigger.name());
        if (audience == null) {
            return true;
        }
        if (found(tx, customer).isEmpty()) {
            return false;
        }
        var data = new HashMap<String, Object>();
        documents
                .values(event.payload())
                .forEach((name, value) -> {
                    if (value != null) {
                        data.put(name, value);
                    }
                });
        var verdict = audience.test(tx, customer, data);
        // An event that does not say what is compared, and a customer without it, are not meant.
        if (!verdict.unavailable().isEmpty()) {
            suppress(tx, trigger, event.id(), customer, "factUnavailable");
        }
        return verdict.yes();
    }

    /** The timer's. Whether the customer may be asked is decided now, not when it happened. */
    void ask(Transaction tx, Due due) {
        for (var trigger : config.triggers()) {
            if (trigger.name().equals(due.trigger())) {
                ask(tx, due, trigger);
            }
        }
    }

    private void ask(Transaction tx, Due due, Trigger trigger) {
        var customer = found(tx, due.customer());
        if (customer.isEmpty()) {
            return; // nobody to ask, and nobody to tell it of
        }
        var questionnaire = QuestionnaireTable.byKey(tx.sql(), trigger.questionnaire());
        if (questionnaire.isEmpty()
                || questionnaire.get().state() != Questionnaire.State.PUBLISHED) {
            suppress(tx, trigger, due.event(), due.customer(), "notPublished");
        } else if (customer.get().archived()) {
            suppress(tx, trigger, due.event(), due.customer(), "archived");
        } else if (!invitations.invite(
                tx,
                questionnaire.get(),
                due.customer(),
                new Invitations.Reason(trigger.name(), due.event()))) {
            suppress(tx, trigger, due.event(), due.customer(), "coolingDown");
        }
    }

    // Events outlive whom they are about.
    private static Optional<Customer> found(Transaction tx, CustomerId id) {
        try {
            return Optional.of(tx.customer(id));
        } catch (Problem gone) {
            if (gone.code() == StandardError.NOT_FOUND) {
                return Optional.empty();
            }
            throw gone;
        }
    }

    private static void suppress(
            Transaction tx, Trigger trigger, UUID event, CustomerId customer, String reason) {
        tx.publish(
                "survey.suppressed",
                customer,
                new Payloads.Suppressed(trigger.questionnaire(), trigger.name(), reason),
                new Stamp(null, "suppressed-%s-%s".formatted(trigger.name(), event), event));
    }
}
