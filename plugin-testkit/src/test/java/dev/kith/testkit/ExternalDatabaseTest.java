package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.server.DatabaseRoles;
import dev.kith.core.server.Node;
import dev.kith.core.settings.PluginSettings;
import dev.kith.core.settings.Settings;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's own database, whose user may do what its administrator lets it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ExternalDatabaseTest {

    private static final String USER = "plain";
    private static final String PASSWORD = "plain-password";

    private TemporaryFolder folder;
    private Path good;
    private TestDatabase database;
    private DatabaseAddress address;

    @BeforeEach
    void a_database_that_belongs_to_a_plain_user() {
        folder = new TemporaryFolder();
        good = Samples.good(folder.path());
        database = TestDatabase.createEmpty();
        say("create role plain login password 'plain-password'");
        say("alter database %s owner to plain".formatted(name()));
        address = new DatabaseAddress(database.address().jdbcUrl(), USER, PASSWORD);
    }

    @AfterEach
    void drop() {
        say(
                "do $$ declare r text; begin for r in select rolname from pg_roles where rolname ~"
                        + " ('^kith_' || (select oid from pg_database where datname ="
                        + " current_database())) loop execute format('drop owned by %I cascade', r);"
                        + " execute format('drop role %I', r); end loop; end $$");
        say("drop owned by plain cascade");
        say("alter database %s owner to kith".formatted(name()));
        say("drop role plain");
        database.close();
        folder.close();
    }

    private String name() {
        var url = database.address().jdbcUrl();
        return url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
    }

    private Node start(String... settings) {
        var byName = new HashMap<>(Map.of("http.port", "0", "data.dir", folder.path().toString()));
        for (var i = 0; i < settings.length; i += 2) {
            byName.put(settings[i], settings[i + 1]);
        }
        var read = Settings.of(byName);
        var own = PluginSettings.of("good", true, new JsonMapper().createObjectNode());
        var of = read.plugins();
        var plugins = of.with(Path.of("none"), Map.of("good", own));
        var start =
                new Node.Start(
                        read.withPlugins(plugins), Clock.systemUTC(), List.of(good), address);
        return Node.start(start);
    }

    private void say(String sql) {
        var admin = database.address();
        try (var connection =
                        DriverManager.getConnection(
                                admin.jdbcUrl(), admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private List<String> owners() {
        var admin = database.address();
        var sql =
                "select c.relname || ' ' || pg_get_userbyid(c.relowner) from pg_class c where"
                        + " relnamespace = 'good'::regnamespace and relkind = 'r' order by 1";
        try (var connection =
                        DriverManager.getConnection(
                                admin.jdbcUrl(), admin.user(), admin.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (row.next()) {
                found.add(row.getString(1).replaceFirst("kith_\\d+_", "role_of_"));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> missing() {
        var settings =
                Settings.of(
                                Map.of(
                                        "database.url", address.jdbcUrl(),
                                        "database.user", USER,
                                        "database.password", PASSWORD))
                        .database();
        return DatabaseRoles.missing(settings, List.of("good"));
    }

    @Test
    void where_no_roles_may_be_made_plugins_run_all_the_same_until_somebody_makes_them() {
        try (var node = start()) {
            assertThat(node.plugins().status("good").reason()).isNull();
        }
        assertThat(owners()).containsExactly("flyway_schema_history plain", "note plain");

        var statements = missing();
        assertThat(statements).isNotEmpty().noneMatch(statement -> statement.contains(PASSWORD));
        statements.forEach(this::say);
        assertThat(missing()).isEmpty();

        try (var node = start()) {
            assertThat(node.plugins().status("good").reason()).isNull();
        }
        assertThat(owners())
                .containsExactly("flyway_schema_history role_of_good", "note role_of_good");
    }

    @Test
    void a_user_who_may_make_roles_makes_them() {
        say("alter role plain createrole");
        try (var node = start()) {
            assertThat(node.plugins().status("good").reason()).isNull();
        }
        assertThat(owners())
                .containsExactly("flyway_schema_history role_of_good", "note role_of_good");
        assertThat(missing()).isEmpty();
    }

    @Test
    void a_password_that_somebody_changed_is_put_right() {
        say("alter role plain createrole");
        start().close();
        say(
                "do $$ begin execute format('alter role %I password %L', kith.role_name('good'),"
                        + " 'another'); end $$");
        try (var node = start()) {
            assertThat(node.plugins().status("good").reason()).isNull();
        }
        assertThat(owners()).contains("note role_of_good");
    }

    @Test
    void more_connections_than_the_database_lets_in_stop_the_start() {
        assertThatThrownBy(() -> start("database.nodes", "30"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "30 node(s) with 1 plugin(s) may open 1290 database connections")
                .hasMessageContaining("raise its max_connections by ");
    }
}
