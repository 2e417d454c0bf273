package dev.kith.core.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.fixture.FreshDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** No customer keeps a value of an attribute that is taken away while it is written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AttributeRaceTest {

    /** Holds up what takes a definition away behind its look at the customers. */
    private static final String STAMP = "select 1 from kith.attribute_stamp for update";

    /** Holds up what writes a customer before it commits. */
    private static final String SHARDS =
            "select pg_advisory_xact_lock(1263686504, s) from generate_series(0, 63) s";

    private static final String WAITING =
            "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'";

    @AutoClose private final Shop shop = new Shop();
    private final FreshDatabase database = new FreshDatabase(shop.database());
    private String name = "";
    private String values = "";

    @BeforeEach
    void define() {
        name = "a" + UUID.randomUUID().toString().replace("-", "");
        values = "{\"name\": \"x\", \"attributes\": {\"%s\": 42}}".formatted(name);
        var definition = "{\"name\": \"%s\", \"type\": \"number\", \"purpose\": \"fits\"}";
        var made = shop.post("/attribute-definitions", definition.formatted(name));
        assertThat(made.status()).isEqualTo(201);
    }

    @Test
    void a_customer_created_meanwhile_is_refused() throws SQLException {
        takenAwayWhile(() -> shop.post("/customers", values));
    }

    @Test
    void a_customer_changed_meanwhile_is_refused() throws SQLException {
        var made = shop.post("/customers", "{\"name\": \"x\"}").text("/id");
        takenAwayWhile(() -> shop.patch("/customers/" + made, "\"1\"", values));
    }

    private void takenAwayWhile(Supplier<Shop.Reply> write) throws SQLException {
        try (var other = holding(STAMP)) {
            var removed = CompletableFuture.supplyAsync(this::remove);
            await(removed, 1);
            var written = CompletableFuture.supplyAsync(write);
            await(written, 2);
            other.commit();
            assertThat(removed.join().status()).isEqualTo(204);
            assertThat(written.join().status()).isEqualTo(400);
            assertThat(written.join().text("/errors/0/pointer")).isEqualTo("/attributes/" + name);
        }
    }

    @Test
    void a_definition_stays_for_a_customer_being_created() throws SQLException {
        staysWhile(() -> shop.post("/customers", values), 201);
    }

    @Test
    void a_definition_stays_for_a_customer_being_changed() throws SQLException {
        var made = shop.post("/customers", "{\"name\": \"x\"}").text("/id");
        staysWhile(() -> shop.patch("/customers/" + made, "\"1\"", values), 200);
    }

    private void staysWhile(Supplier<Shop.Reply> write, int status) throws SQLException {
        try (var other = holding(SHARDS)) {
            var written = CompletableFuture.supplyAsync(write);
            await(written, 1);
            var removed = CompletableFuture.supplyAsync(this::remove);
            await(removed, 2);
            other.commit();
            assertThat(written.join().status()).isEqualTo(status);
            assertThat(removed.join().status()).isEqualTo(409);
            assertThat(removed.join().text("/code")).isEqualTo("kith.attributeUsed");
        }
    }

    private Shop.Reply remove() {
        return shop.delete("/attribute-definitions/" + name);
    }

    private Connection holding(String lock) throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(lock);
        }
        return connection;
    }

    /** Until it is through, or so many wait for a lock. */
    private void await(CompletableFuture<?> call, int waiting) {
        while (!call.isDone() && database.count(WAITING) < waiting) {
            Thread.onSpinWait();
        }
    }
}
