package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.registry.RouteSpec;
import dev.kith.core.registry.SubscriptionSpec;
import dev.kith.testkit.manners.Canary;
import dev.kith.testkit.manners.Subject;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the columns that something can be written into, from outside or by an event. */
record Written(TestCrm crm, Function<RouteSpec, @Nullable Subject> subjects) {

    /** Each is named as one of personal data, or as one that is about nobody. */
    void check(List<Sample> samples, Planted planted, Collection<String> impersonal) {
        var parts = crm.area().parts();
        var canary = new Canary(crm, subjects);
        parts.routes().forEach(canary::into);
        for (var subscription : parts.subscriptions()) {
            samples.stream()
                    .filter(sample -> sample.topic().equals(subscription.topic()))
                    .map(this::json)
                    .forEach(
                            payload -> Canary.into(payload, each -> isHandled(subscription, each)));
        }
        crm.deliverEvents();
        var contents = Contents.of(crm.database().address()).in(crm.plugin());
        var found = contents.holding(Canary.WORD);
        found.addAll(contents.holding(Canary.PHONE));
        found.removeAll(planted.columns());
        found.removeAll(impersonal);
        assertEquals(
                Set.of(),
                found,
                "people can write into these: name them in plant(), and say what becomes of them"
                        + " with personalData; or in impersonal(), if they are about nobody");
    }

    private JsonNode json(Sample sample) {
        var json = crm.node().core().json();
        try {
            return json.tolerant()
                    .readTree(
                            sample.payload() instanceof String text
                                    ? text
                                    : json.write(sample.payload()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Past the log: one that cannot be handled is not tried again.
    private boolean isHandled(SubscriptionSpec subscription, JsonNode payload) {
        var event =
                new Published(
                        UUID.randomUUID(),
                        subscription.topic(),
                        crm.customer().value(),
                        payload,
                        crm.now(),
                        "canary",
                        null);
        try {
            new Handlers(crm.area(), crm.node().work()).deliver(subscription, event);
            return true;
        } catch (RuntimeException e) {
            return false; // a payload that does not fit, which is no fault of the plugin's
        }
    }
}
