package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is recorded is told to whoever asked for it: signed, in order, and nothing is lost. */
@Timeout(120)
final class WebhooksTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins().serverSetting("webhooks.privateAddresses", "true");

    private final Receiver receiver = new Receiver();
    private final List<String> hooks = new ArrayList<>();

    @AfterEach
    void remove() {
        hooks.forEach(hook -> crm.admin().delete("/webhooks/" + hook));
        receiver.close();
    }

    private Answer hook(String... topics) {
        var body = Map.of("url", receiver.url(), "topics", List.of(topics));
        var made = crm.admin().post("/webhooks", body).expect(201);
        hooks.add(made.text("/id"));
        return made;
    }

    private static Answer read(Answer hook) {
        return crm.admin().get("/webhooks/" + hook.text("/id")).expect(200);
    }

    private static UUID visit(CustomerId customer, int n) {
        return crm.publish("visit.made", customer, Map.of("note", "no " + n));
    }

    @Test
    void an_event_is_told_as_the_feed_shows_it_and_signed() throws Exception {
        var hook = hook("visit.made");
        var customer = crm.customer();
        var before = crm.now().getEpochSecond();

        var id = visit(customer, 1);
        crm.deliverEvents();

        assertThat(receiver.told()).hasSize(1);
        var told = receiver.told().getFirst();
        var shown = crm.admin().get("/events/" + id).expect(200);
        assertThat(told.json()).isEqualTo(shown.json());
        assertThat(told.id()).isEqualTo(id.toString());
        assertThat(Long.parseLong(told.timestamp())).isBetween(before, crm.now().getEpochSecond());
        assertThat(told.signedWith(hook.text("/secret"))).isTrue();
        assertThat(read(hook).text("/state")).isEqualTo("running");
    }

    @Test
    void only_what_is_recorded_from_then_on_and_asked_for_is_told() {
        var customer = crm.customer();
        visit(customer, 1);
        hook("visit.made");

        var id = visit(customer, 2);
        crm.publish("call.made", customer, Map.of("direction", "in"));
        crm.deliverEvents();

        assertThat(receiver.ids()).containsExactly(id.toString());
    }
}
