package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.packages.signature.PublicKeyText;
import dev.kith.core.packages.signature.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A plugin's data outlives it, comes back with it, and is gone when the operator wants that. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class RemoveTest {

    private static final String ADMIN = "kith-test-administrator";
    private static final SigningKey KEY = SigningKey.generate();
    private static final Map<String, Object> PURGE = Map.of("purge", true);

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins()
                    .serverSetting("plugins.trustedKeys", PublicKeyText.of(KEY.publicKey()))
                    .serverSetting("plugins.purgeAfter", "P30D");

    @BeforeEach
    void install() {
        var jar =
                Packed.unsigned("keeper", "1.0.0", Keeper.class, Map.of("V1__a.sql", Keeper.TABLE));
        var plan = crm.admin().upload("/plugins/packages", Packed.bytes(Packed.signed(jar, KEY)));
        crm.admin().post("/plugins/packages/" + plan.text("/sha256") + "/install").expect(200);
    }

    @AfterEach
    void dropAll() {
        if (crm.admin().get("/plugins/keeper").status() == 200) {
            crm.admin().post("/plugins/keeper/remove", PURGE);
        }
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        execute("delete from kith.event where topic like 'note.%'");
    }

    private static void keep(int notes) {
        var customer = crm.customer();
        for (var i = 0; i < notes; i++) {
            crm.publish("note.kept", customer, Map.of("text", "nr " + i));
        }
        crm.deliverEvents();
    }

    private static long kept() {
        return crm.admin().get("/keeper/counts/all").expect(200).number("/count");
    }

    @Test
    void data_stays_when_a_plugin_is_removed_and_it_goes_on_where_it_was() {
        keep(3);
        var removed = crm.admin().post("/plugins/keeper/remove", Map.of()).expect(200);
        assertThat(removed.json().has("droppedAt")).isFalse();
        crm.admin().get("/plugins/keeper").expect(404);
        crm.admin().get("/keeper/counts/all").expect(404);
        assertThat(crm.admin().get("/plugins/removed").text("/items/0/plugin")).isEqualTo("keeper");
        keep(2);
        assertThat(crm.admin().post("/plugins/keeper/restore").expect(200).text("/state"))
                .isEqualTo("running");
        crm.deliverEvents();
        assertThat(kept()).isEqualTo(5);
        crm.admin().post("/plugins/keeper/restore").expect(404);
    }

    @Test
    void purged_data_comes_back_whole_until_its_time() {
        keep(3);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        assertThat(traces("keeper"))
                .containsExactlyInAnyOrder("topic", "plugin_package", "plugin_removed");
        crm.passes(Duration.ofDays(29));
        crm.node().installing().installer().dropDue();
        keep(2);
        crm.admin().post("/plugins/keeper/restore").expect(200);
        crm.deliverEvents();
        // The cursors came back too: nothing twice, nothing missed.
        assertThat(kept()).isEqualTo(5);
    }

    @Test
    void nothing_of_a_purged_plugin_is_left_in_the_catalogue() {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        execute("delete from kith.event where topic = 'note.kept'");
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        assertThat(traces("keeper")).isEmpty();
        crm.admin().post("/plugins/keeper/restore").expect(404);
    }

    @Test
    void topics_stay_known_while_their_events_do() {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        assertThat(traces("keeper")).containsExactly("topic");
        assertThat(crm.admin().get("/events?topic=note.kept").expect(200).json().path("items"))
                .hasSize(1);
        install();
        crm.deliverEvents();
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void what_is_set_aside_is_never_written_over() {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        install();
        assertThat(crm.admin().post("/plugins/keeper/restore").expect(409).code())
                .isEqualTo("kith.setAside");
        var refused = crm.admin().post("/plugins/keeper/remove", PURGE).expect(409);
        assertThat(refused.code()).isEqualTo("kith.setAside");
        assertThat(refused.text("/detail")).contains("remove it without a purge");
        assertThat(crm.admin().get("/plugins/keeper").text("/state")).isEqualTo("running");
    }

    @Test
    void what_was_purged_by_mistake_comes_back_though_the_plugin_has_newer_data() {
        keep(3);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        crm.admin().post("/plugins/keeper/exchange").expect(404);
        install();
        keep(1);
        assertThat(kept()).isEqualTo(4);
        assertThat(crm.admin().post("/plugins/keeper/exchange").expect(409).code())
                .isEqualTo("kith.mustBeOff");
        crm.admin().post("/plugins/keeper/disable").expect(200);

        crm.passes(Duration.ofDays(29));
        crm.admin().post("/plugins/keeper/exchange").expect(200);

        assertThat(crm.admin().get("/plugins/keeper").text("/state")).isEqualTo("installed");
        crm.passes(Duration.ofDays(29));
        crm.node().installing().installer().dropDue();
        crm.admin().post("/plugins/keeper/enable").expect(200);
        // The cursors came back, too: what was published since is kept now.
        crm.deliverEvents();
        assertThat(kept()).isEqualTo(4);
        assertThat(schemas()).hasSize(2);
    }

    @Test
    void data_that_another_node_is_at_does_not_change_under_it() throws SQLException {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        install();
        crm.admin().post("/plugins/keeper/disable").expect(200);
        var asAnotherNode = "set application_name = 'kith/keeper'";
        try (var connection = crm.node().core().pools().read();
                var statement = connection.createStatement()) {
            statement.execute(asAnotherNode);
            try {
                assertThat(crm.admin().post("/plugins/keeper/exchange").expect(409).code())
                        .isEqualTo("kith.mustBeOff");
            } finally {
                statement.execute("reset application_name");
            }
        }
        crm.admin().post("/plugins/keeper/exchange").expect(200);
    }

    @Test
    void an_exchange_can_be_taken_back() {
        keep(2);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        install();
        crm.deliverEvents();
        execute("delete from keeper.kept");
        crm.admin().post("/plugins/keeper/disable").expect(200);
        crm.admin().post("/plugins/keeper/exchange").expect(200);
        crm.admin().post("/plugins/keeper/exchange").expect(200);
        crm.admin().post("/plugins/keeper/enable").expect(200);

        assertThat(kept()).isZero();
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        assertThat(schemas()).containsExactly("keeper");
        assertThat(kept()).isZero();
    }

    @Test
    void what_is_set_aside_goes_at_its_time_though_the_plugin_was_removed_again() {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        install();
        var removed = crm.admin().post("/plugins/keeper/remove", Map.of()).expect(200);
        assertThat(removed.json().has("droppedAt")).isFalse();
        assertThat(crm.admin().get("/plugins/removed").json().at("/items/0").has("droppedAt"))
                .isTrue();
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        // Only what was purged is gone.
        assertThat(schemas()).containsExactly("keeper");
        crm.admin().post("/plugins/keeper/restore").expect(200);
        crm.deliverEvents();
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void what_was_removed_last_comes_back_though_an_earlier_purge_is_still_set_aside() {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        install();
        keep(2);
        crm.admin().post("/plugins/keeper/remove", Map.of()).expect(200);

        crm.admin().post("/plugins/keeper/restore").expect(200);

        crm.deliverEvents();
        assertThat(kept()).isEqualTo(3);
        assertThat(schemas()).hasSize(2);
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        assertThat(schemas()).containsExactly("keeper");
        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void a_plugin_that_is_there_again_goes_on_when_its_purged_data_is_dropped() {
        keep(1);
        crm.admin().post("/plugins/keeper/remove", PURGE).expect(200);
        install();
        crm.passes(Duration.ofDays(31));
        crm.node().installing().installer().dropDue();
        assertThat(schemas()).containsExactly("keeper");
        assertThat(crm.admin().get("/plugins/removed").json().path("items")).isEmpty();
        crm.publish("note.kept", crm.customer(), Map.of("text", Keeper.REPEATED));
        crm.deliverEvents();
        assertThat(kept()).isEqualTo(2);
        assertThat(crm.admin().get("/events?topic=note.repeated").json().path("items")).hasSize(1);
    }

    @Test
    void exports_that_nobody_reads_keep_the_next_one_out_and_nobody_else() throws IOException {
        execute(
                "insert into keeper.kept select gen_random_uuid(), (select string_agg(md5("
                        + "random()::text || g || i), '') from generate_series(1, 30) i)"
                        + " from generate_series(1, 30000) g");
        try (var one = exporting();
                var other = exporting()) {
            assertThat(List.of(one.getInputStream().read(), other.getInputStream().read()))
                    .containsOnly((int) 'H');

            var refused = crm.admin().get("/plugins/keeper/export").expect(503);

            assertThat(refused.code()).isEqualTo("overloaded");
            assertThat(refused.text("/detail")).contains("2 exports are being written");
            crm.admin().get("/customers").expect(200);
        }
        while (crm.admin().get("/plugins/keeper/export").status() == 503) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static Socket exporting() throws IOException {
        var address = crm.node().address();
        var socket = new Socket(address.getHost(), address.getPort());
        var request =
                "GET /api/v1/plugins/keeper/export HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer "
                        + ADMIN
                        + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void an_export_holds_every_row_of_every_table() throws IOException, InterruptedException {
        keep(700);
        var uri = URI.create(crm.node().address() + "/api/v1/plugins/keeper/export");
        var request =
                HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + ADMIN).build();
        var answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        var files = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.add(entry.getName());
                var text = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                if (entry.getName().equals("kept.ndjson")) {
                    assertThat(text.lines()).hasSize(700).allMatch(line -> line.contains("nr "));
                }
            }
        }
        assertThat(files).containsExactly("kept.ndjson", "about.json");
        var audit = crm.admin().get("/audit?limit=1").expect(200);
        assertThat(audit.text("/items/0/action")).isEqualTo("GET /api/v1/plugins/{plugin}/export");
        assertThat(audit.text("/items/0/subject")).isEqualTo("/api/v1/plugins/keeper/export");
        assertThat(audit.text("/items/0/actor")).isEqualTo("key:admin");
        crm.as("plugins:read").get("/plugins/keeper/export").expect(403);
    }

    private static void execute(String sql) {
        try (var connection = crm.node().core().pools().write();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> schemas() {
        var found = new ArrayList<String>();
        try (var connection = crm.node().core().pools().read();
                var look = connection.createStatement();
                var row =
                        look.executeQuery(
                                "select nspname from pg_namespace where nspname like 'keeper%'")) {
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Tables and schemas of the catalogue in which a plugin's name stands. */
    private static List<String> traces(String plugin) {
        var found = new ArrayList<String>();
        var named =
                "select table_name, column_name from information_schema.columns where table_schema"
                        + " = 'kith' and column_name in ('plugin', 'owner', 'subscription',"
                        + " 'schema_name', 'source') and table_name not like 'event%'";
        try (var connection = crm.node().core().pools().read();
                var statement = connection.createStatement();
                var columns = statement.executeQuery(named)) {
            while (columns.next()) {
                var sql =
                        "select exists (select from kith.\"%s\" where \"%s\" like '%s%%')"
                                .formatted(columns.getString(1), columns.getString(2), plugin);
                try (var look = connection.createStatement();
                        var row = look.executeQuery(sql)) {
                    row.next();
                    if (row.getBoolean(1)) {
                        found.add(columns.getString(1));
                    }
                }
            }
            for (var schema : schemas()) {
                if (schema.equals(plugin)
                        || crm.admin().get("/plugins/removed").json().path("items").isEmpty()) {
                    found.add("schema " + schema);
                }
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
