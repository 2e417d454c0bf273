package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose event keys are whose: nobody outside takes those that a plugin is going to use. */
final class SourcesTest {

    private static final Path FOLDER = Scratch.folder();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(
                    Samples.write(FOLDER, "quiet", Samples.Quiet.class),
                    Samples.write(FOLDER, "late", Samples.Later.class));

    private static Answer record(Caller caller, String source, String key) {
        var event = new HashMap<String, Object>();
        event.put("topic", "purchase.completed");
        event.put("key", key);
        event.put("customerId", crm.customer());
        event.put(
                "data",
                Map.of("orderId", key, "amount", Map.of("value", "1.00", "currency", "CNY")));
        if (!source.isEmpty()) {
            event.put("source", source);
        }
        return caller.post("/events", event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quiet", "kith", "console", "public-quiet"})
    void an_event_does_not_come_from_a_plugin_or_the_server(String source) {
        var refused = record(crm.admin(), source, UUID.randomUUID().toString()).expect(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/source");
        assertThat(refused.text("/errors/0/code")).isEqualTo("reserved");
    }

    @Test
    void a_caller_may_name_their_own_system_or_themselves() {
        var key = UUID.randomUUID().toString();
        record(crm.admin(), "till-7", key).expect(201);
        record(crm.admin(), "", key).expect(201);
        assertThat(record(crm.admin(), "admin", key).status()).isEqualTo(422);
    }

    @Test
    void a_plugin_does_not_start_under_a_name_that_a_key_has() {
        crm.admin().post("/plugins/late/disable").expect(200);
        // As if the key had been made before anybody put the jar there.
        new Leftovers(crm).key("late");
        var refused = crm.admin().post("/plugins/late/enable");
        assertThat(refused.code()).isEqualTo("kith.startFailed");
        assertThat(refused.text("/detail")).contains("another Plugin-Id");
        assertThat(crm.admin().get("/plugins/late").text("/state")).isEqualTo("failed");
    }
}
