package dev.kith.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.core.client.Remote;
import dev.kith.core.demo.Demo;
import dev.kith.core.demo.DemoFailure;
import dev.kith.core.settings.Settings;
import dev.kith.testkit.TestCrm;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code kith demo} on a server that holds nothing. */
class DemoTest {

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins(
                    Stream.of("complaints", "loyalty", "messages", "places", "referrals", "surveys")
                            .map(id -> Path.of("..", "plugins", id, "target", "classes"))
                            .map(path -> path.toAbsolutePath().normalize())
                            .toArray(Path[]::new));

    @Test
    void an_empty_server_becomes_a_company_and_a_full_one_stays_as_it_is() {
        var made = demo().run();
        crm.deliverEvents();

        assertEquals(2_000, made.get(Demo.Made.CUSTOMERS));
        made.forEach((what, many) -> assertTrue(many > 50, what + " " + many));
        assertTrue(total("/referrals/claims?state=rewarded") > 100);
        assertTrue(total("/complaints/cases?open=true") > 10);
        for (var each : crm.admin().get("/subscriptions?limit=200").json().path("items")) {
            assertEquals(0, each.path("parked").asLong(), each::toString);
        }

        var again = assertThrows(DemoFailure.class, () -> demo().run());
        assertTrue(
                String.valueOf(again.getMessage()).contains("holds something already"),
                again::toString);
    }

    private static Demo demo() {
        var settings = Settings.of(Map.of("adminKey", TestCrm.ADMIN_KEY));
        var remote = new Remote(settings, Optional.of(crm.node().address()));
        return new Demo(remote, ZoneId.of("Asia/Shanghai"), crm.now(), what -> {});
    }

    // All pages of a list.
    private static long total(String path) {
        var items = 0L;
        var after = "";
        do {
            var page =
                    crm.admin()
                            .get(path + (path.contains("?") ? "&" : "?") + "limit=200" + after)
                            .expect(200)
                            .json();
            items += page.path("items").size();
            after = page.path("next").isTextual() ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        return items;
    }
}
