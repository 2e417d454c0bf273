package @package@;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.RouteSpec;
import dev.kith.testkit.Planted;
import dev.kith.testkit.PluginContract;
import dev.kith.testkit.manners.Subject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every plugin keeps comes with {@link PluginContract}; what this one is for stands here. */
final class @Class@Test extends PluginContract {

    @Test
    void a_note_is_found_again() {
        var id = write(crm.customer(), "Prefers to be called");
        var answer = crm.as("@id@:read").get("/@id@/notes/" + id).expect(200);
        assertThat(answer.text("/text")).isEqualTo("Prefers to be called");
    }

    private String write(CustomerId customer, String text) {
        var note = Map.of("customerId", customer, "text", text);
        return crm.as("@id@:write").post("/@id@/notes", note).expect(201).text("/id");
    }

    @Override
    protected Planted plant(CustomerId customer) {
        write(customer, "planted in a note");
        return Planted.in("note.text", "planted in a note");
    }

    @Override
    protected Subject subject(RouteSpec route) {
        var customer = crm.customer();
        return route.in().isPresent()
                ? new Subject(
                        route.path(), "{\"customerId\": \"%s\", \"text\": \"x\"}".formatted(customer))
                : new Subject(route.path().replace("{note}", write(customer, "x")), null);
    }
}
