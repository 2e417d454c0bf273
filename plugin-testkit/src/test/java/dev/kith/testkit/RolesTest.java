package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin can write its own schema and nothing else, whatever SQL it runs. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class RolesTest {

    private static final String REFUSED = "42501";

    private static final TemporaryFolder FOLDER = new TemporaryFolder();

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins(burglar(), keeper());

    private static Path burglar() {
        var plugin = Samples.write(FOLDER.path(), "burglar", Burglar.class);
        Samples.migration(plugin, "V1__loot.sql", Burglar.TABLE);
        return plugin;
    }

    private static Path keeper() {
        var plugin = Samples.write(FOLDER.path(), "keeper", Keeper.class);
        Samples.migration(plugin, "V1__kept.sql", Keeper.TABLE);
        return plugin;
    }

    @AfterAll
    static void remove() {
        FOLDER.close();
    }

    @BeforeEach
    void something_to_steal() {
        crm.publish("note.kept", crm.customer(), Map.of("text", "a secret"));
        crm.deliverEvents();
    }

    private static Answer opens(String sql) {
        return crm.admin().post("/burglar/doors", Map.of("sql", sql)).expect(201);
    }

    private static long count(String sql) {
        return Long.parseLong(opens("select count(*) from " + sql).text("/reason"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from keeper.kept",
                "insert into keeper.kept values (gen_random_uuid(), 'mine')",
                "drop table keeper.kept",
                "create table keeper.mine (n int)",
                "alter schema keeper rename to mine",
                "create table public.mine (n int)",
                "create table kith.mine (n int)",
                "create schema mine",
                "create role mine superuser",
                "select birthday from kith.customer",
                "update kith.customer set name = 'me'",
                "delete from kith.customer",
                "delete from kith.consent",
                "select * from kith.api_key",
                "select secret from kith.login_secret",
                "select kith.set_password('keeper', 'mine')",
                "select * from kith.audit",
                "delete from kith.audit",
                "insert into kith.event (position) values (1)",
                "update kith.event set payload = '{}'",
                "select nextval('kith.event_position')",
                "select * from kith.event_0",
                "insert into kith.job (plugin, name, key, due_at) values ('keeper', 'a', '', now())",
                "insert into kith.event_key values ('keeper', 'a', gen_random_uuid(), '')",
                "insert into kith.idempotency values ('a', 'POST', '/api/v1/keeper/a', 'k', '', 200)",
                "insert into kith.audit (id, at, actor, action, subject) values"
                        + " (gen_random_uuid(), now(), 'me', 'POST /api/v1/customers', 'a')",
                "set session authorization kith",
                "set role pg_read_all_data",
                "copy burglar.loot to program 'true'",
                "select pg_read_file('/etc/passwd')"
            })
    void what_is_not_its_own_is_refused(String sql) {
        assertThat(opens(sql).text("/state")).as(sql).isEqualTo(REFUSED);
    }

    @Test
    void no_word_of_sql_makes_it_somebody_else() {
        for (var word : List.of("reset role", "reset session authorization")) {
            opens(word);
            opens("do $$ begin " + word + "; perform 1 from keeper.kept; end $$");
            assertThat(opens("select session_user").text("/reason")).matches("kith_\\d+_burglar");
            assertThat(opens("select * from keeper.kept").text("/state")).isEqualTo(REFUSED);
        }
        var unfiltered =
                "do $$ begin set local row_security = off; perform 1 from kith.job; end $$";
        assertThat(opens(unfiltered).text("/state")).isEqualTo(REFUSED);
    }

    @Test
    void of_what_core_keeps_it_sees_only_its_own() {
        assertThat(count("kith.subscription")).isEqualTo(1);
        assertThat(count("kith.cursor")).isEqualTo(64);
        assertThat(count("kith.job")).isZero();
        assertThat(count("kith.event where topic <> 'note.kept'")).isZero();
        assertThat(count("kith.event where topic = 'note.kept'")).isPositive();
    }

    @Test
    void it_publishes_in_its_own_name_on_its_own_topics() {
        var append =
                "select kith.append(array[gen_random_uuid()], array[0::smallint], array['%s'],"
                        + " array[null::uuid], array['{}'], array[null::timestamptz], array['%s'],"
                        + " array[null::uuid], 'job', interval '0')";
        assertThat(opens(append.formatted("door.opened", "burglar")).text("/state")).isEmpty();
        var strange = opens(append.formatted("customer.created", "burglar"));
        assertThat(strange.text("/state")).isEqualTo(REFUSED);
        assertThat(strange.text("/reason"))
                .contains("plugin burglar may not publish on customer.created");
        var other = opens(append.formatted("door.opened", "keeper"));
        assertThat(other.text("/state")).isEqualTo(REFUSED);
        assertThat(other.text("/reason"))
                .contains("plugin burglar may not publish in the name of keeper");
    }

    @Test
    void a_consent_can_be_held_and_not_changed() {
        var customer = crm.customer();
        var given = Map.of("purpose", "marketing", "textVersion", "1", "evidence", "form");
        crm.admin().post("/customers/" + customer.value() + "/consents", given).expect(201);
        assertThat(opens("select state from kith.consent for share").text("/reason"))
                .isEqualTo("given");
        assertThat(opens("update kith.consent set changed_at = now()").text("/state"))
                .isEqualTo(REFUSED);
    }

    @Test
    void its_own_schema_is_its_own() {
        assertThat(opens("insert into burglar.loot values ('a') returning text").text("/reason"))
                .isEqualTo("a");
        assertThat(opens("select name from kith.customer limit 1").text("/state")).isEmpty();
        assertThat(crm.admin().get("/keeper/counts/all").expect(200).number("/count")).isPositive();
    }

    @Test
    void a_migration_that_writes_elsewhere_fails_with_the_reason() {
        var plugin = Samples.write(FOLDER.path(), "vandal", Burglar.class);
        Samples.migration(plugin, "V1__a.sql", "drop table keeper.kept");
        crm.node().plugins().discover(plugin);
        var answer = crm.admin().post("/plugins/vandal/enable");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(crm.admin().get("/plugins/vandal").text("/reason"))
                .contains("permission denied for schema keeper");
        assertThat(count("kith.subscription")).isEqualTo(1);
        assertThat(crm.admin().get("/keeper/counts/all").expect(200).number("/count")).isPositive();
    }
}
