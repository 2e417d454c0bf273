package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.core.packages.Sha256;
import dev.kith.core.packages.signature.PublicKeyText;
import dev.kith.core.packages.signature.SigningKey;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.server.Node;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Packages over HTTP: the plan, what is refused, installing, and what other nodes make of it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class InstallTest {

    private static final SigningKey KEY = SigningKey.generate();

    @RegisterExtension
    static final TestCrm crm =
            TestCrm.withPlugins()
                    .serverSetting("plugins.trustedKeys", PublicKeyText.of(KEY.publicKey()));

    private static final Map<String, String> NOTES =
            Map.of("V1__notes.sql", "create table good.note (text text not null);");

    private static Answer upload(Path jar) {
        return crm.admin().upload("/plugins/packages", Packed.bytes(jar));
    }

    private static Answer install(Answer plan) {
        return crm.admin().post("/plugins/packages/" + plan.text("/sha256") + "/install");
    }

    private static List<String> refusals(Answer plan) {
        var codes = new ArrayList<String>();
        plan.json().path("refusals").forEach(each -> codes.add(each.path("code").asText()));
        return codes;
    }

    private static List<String> warnings(Answer plan) {
        var codes = new ArrayList<String>();
        plan.json().path("warnings").forEach(each -> codes.add(each.path("code").asText()));
        return codes;
    }

    @Test
    void a_package_is_planned_installed_found_again_and_replaced() {
        var jar = Packed.signed(Packed.unsigned("good", "1.2.3", Samples.Good.class, NOTES), KEY);
        var plan = upload(jar).expect(201);
        assertThat(plan.text("/signature/kind")).isEqualTo("trusted");
        assertThat(plan.text("/sha256")).isEqualTo(Sha256.hex(Packed.bytes(jar)));
        assertThat(plan.text("/migrations/0/sql")).contains("create table good.note");
        assertThat(plan.text("/description/permissions/0/description")).isEqualTo("Read notes");
        assertThat(plan.text("/description/consumes/0/topic")).isEqualTo("note.taken");
        assertThat(refusals(plan)).isEmpty();
        // Nothing of it is loaded until it is accepted.
        crm.admin().get("/plugins/good").expect(404);
        upload(jar).expect(200);

        assertThat(install(plan).expect(200).text("/state")).isEqualTo("running");
        assertThat(install(plan).expect(200).text("/origin")).isEqualTo("installed");
        crm.admin().get("/good/notes/hello").expect(200);
        crm.admin().delete("/plugins/packages/" + plan.text("/sha256")).expect(409);

        var newer = Packed.signed(Packed.unsigned("good", "1.3.0", Samples.Good.class, NOTES), KEY);
        var second = upload(newer).expect(201);
        assertThat(second.text("/installedVersion")).isEqualTo("1.2.3");
        assertThat(second.json().at("/migrations/0/hasRun").asBoolean()).isTrue();
        install(second).expect(200);
        assertThat(crm.admin().get("/plugins/good").text("/version")).isEqualTo("1.3.0");

        try (var data = new TemporaryFolder();
                var other = Node.start(crm.start(crm.database(), data.path()))) {
            var there = other.plugins().status("good");
            assertThat(there.version()).isEqualTo("1.3.0");
            assertThat(there.sha256()).isEqualTo(second.text("/sha256"));
            crm.admin().post("/plugins/good/remove", Map.of()).expect(200);
            other.installing().installer().follow();
            assertThat(other.plugins().ids()).doesNotContain("good");
            crm.admin().post("/plugins/good/restore").expect(200);
            other.installing().installer().follow();
            other.plugins().follow();
            assertThat(other.plugins().status("good").version()).isEqualTo("1.3.0");
        }
    }

    @Test
    void whoever_switches_a_new_version_off_is_not_overruled_by_nodes_that_follow() {
        install(upload(Packed.signed(doubted("1.0.0"), KEY))).expect(200);
        try (var data = new TemporaryFolder();
                var other = Node.start(crm.start(crm.database(), data.path()))) {
            assertThat(other.plugins().status("doubted").state()).isEqualTo(PluginState.RUNNING);
            install(upload(Packed.signed(doubted("1.1.0"), KEY))).expect(200);
            crm.admin().post("/plugins/doubted/disable").expect(200);
            other.installing().installer().follow();
            other.plugins().follow();
            var there = other.plugins().status("doubted");
            assertThat(there.version()).isEqualTo("1.1.0");
            assertThat(there.state()).isEqualTo(PluginState.INSTALLED);
            crm.node().plugins().follow();
            assertThat(crm.admin().get("/plugins/doubted").text("/state")).isEqualTo("installed");
        }
    }

    @Test
    void a_version_whose_package_could_not_be_noted_is_not_decided_for_either()
            throws SQLException {
        install(upload(Packed.signed(doubted("1.0.0"), KEY))).expect(200);
        crm.admin().post("/plugins/doubted/disable").expect(200);
        var newer = upload(Packed.signed(doubted("1.2.0"), KEY)).expect(201);
        var table = "alter table kith.plugin_installed ";
        try (var connection = Gates.connection(crm)) {
            Gates.execute(connection, table + "add constraint never check (false) not valid");
            connection.commit();
            try {
                install(newer).expect(500);
            } finally {
                Gates.execute(connection, table + "drop constraint never");
                connection.commit();
            }
        }
        var enabled = "select enabled::text from kith.plugin_decision where plugin = 'doubted'";
        assertThat(Gates.rows(crm, enabled)).containsExactly("false");
        crm.admin().post("/plugins/doubted/remove", Map.of("purge", true)).expect(200);
    }

    private static Path doubted(String version) {
        return Packed.unsigned("doubted", version, Samples.Quiet.class, Map.of());
    }

    @Test
    void what_nobody_trusted_has_signed_is_refused() {
        var bare = Packed.unsigned("quiet", "1.0.0", Samples.Quiet.class, Map.of());
        var unsigned = upload(bare).expect(201);
        assertThat(refusals(unsigned)).containsExactly("signature");
        assertThat(install(unsigned).expect(409).code()).isEqualTo("kith.packageRefused");
        var stranger = upload(Packed.signed(bare, SigningKey.generate())).expect(201);
        assertThat(stranger.text("/signature/kind")).isEqualTo("unknownKey");
        install(stranger).expect(409);
        crm.admin().get("/plugins/quiet").expect(404);
        crm.admin().delete("/plugins/packages/" + stranger.text("/sha256")).expect(204);
        crm.admin().get("/plugins/packages/" + stranger.text("/sha256")).expect(404);
    }

    /** Keeps customers and says nothing of it. */
    public static final class Secretive implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("customer.created", Samples.Note.class);
        }
    }

    @Test
    void what_is_somebody_elses_or_does_not_fit_is_refused_by_name() {
        var jar =
                Packed.unsigned(
                        "secretive",
                        "1.0.0",
                        Secretive.class,
                        Map.of(
                                "V1__a.sql",
                                "create table secretive.a (x int, customer_id uuid not null);"),
                        "Plugin-Requires",
                        ">=9.0.0",
                        "Plugin-Dependencies",
                        "nobody@>=1.0.0");
        var plan = upload(Packed.signed(jar, KEY)).expect(201);
        assertThat(refusals(plan))
                .containsExactlyInAnyOrder(
                        "wrongApi", "missingDependency", "undeclaredPersonalData", "foreignTopic");
        assertThat(plan.json().path("refusals").toString())
                .contains("customer.created belongs to kith")
                .contains("keeps customers in a")
                .contains("nobody is not installed");
        assertThat(install(plan).expect(409).body()).contains("foreign topic");
    }

    @Test
    void a_consumer_without_a_producer_is_warned_of() {
        var jar = Packed.signed(Packed.unsigned("waiter", "1.0.0", Waiter.class, Map.of()), KEY);
        var plan = upload(jar).expect(201);
        assertThat(warnings(plan)).containsExactly("noProducer", "noProvider");
    }

    @Test
    void what_a_new_version_would_take_away_is_foreseen_and_refused_beside_the_old() {
        var first = Map.of("V1__a.sql", "create table tidy.a (x int, y int);");
        install(upload(Packed.signed(Packed.unsigned("tidy", "1.0.0", Tidy.class, first), KEY)))
                .expect(200);
        var next = new java.util.HashMap<>(first);
        next.put("V2__b.sql", "create table tidy.b (x int);\nalter table tidy.a drop column y;");
        var jar = Packed.signed(Packed.unsigned("tidy", "1.1.0", Tidy.class, next), KEY);
        var plan = upload(jar).expect(201);
        assertThat(warnings(plan)).containsExactly("contracts");
        assertThat(plan.text("/warnings/0/detail")).isEqualTo("V2__b.sql, line 2: drop column y");
        assertThat(install(plan).expect(409).text("/detail"))
                .contains("V2__b.sql, line 2: column a.y is gone");
        assertThat(crm.admin().get("/plugins/tidy").text("/version")).isEqualTo("1.0.0");

        next.put("V2__b.sql", "-- runs beside: >=1.0.0\n" + next.get("V2__b.sql"));
        var said = Packed.signed(Packed.unsigned("tidy", "1.1.1", Tidy.class, next), KEY);
        var second = upload(said).expect(201);
        assertThat(warnings(second)).isEmpty();
        install(second).expect(200);
        assertThat(crm.admin().get("/plugins/tidy").text("/version")).isEqualTo("1.1.1");
    }

    /** Has less and less. */
    public static final class Tidy implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.publishes("shelf.tidied", Samples.Note.class);
        }
    }

    /** Waits for what does not come. */
    public static final class Waiter implements CrmPlugin {
        @Override
        public void register(Crm crm) {
            crm.on("never.comes", Samples.Note.class, "wait", (tx, event) -> {});
            crm.audience("nobody.knows > 3");
        }
    }

    @Test
    void a_file_that_is_no_package_is_not_kept() {
        var refused = crm.admin().upload("/plugins/packages", new byte[] {1, 2, 3});
        assertThat(refused.expect(422).code()).isEqualTo("kith.wrongPackage");
        crm.admin()
                .with("Content-Type", "text/plain")
                .post("/plugins/packages", "hello")
                .expect(415);
        crm.admin().upload("/plugins/packages", new byte[33 << 20]).expect(413);
        crm.as("plugins:manage").upload("/plugins/packages", new byte[3]).expect(403);
    }

    @Test
    void a_description_that_cannot_be_read_is_a_refusal_and_no_fault() throws Exception {
        var odd = Packed.unsigned("odd", "first", Samples.Quiet.class, Map.of());
        var refused = crm.admin().upload("/plugins/packages", Packed.bytes(odd)).expect(422);
        assertThat(refused.text("/detail")).contains("semantic version");
        for (var said : List.of("{}", "[]", "", "{\"id\": null}", "{\"id\": \"../x\"}")) {
            var folder = Scratch.folder();
            var classes = Samples.write(folder, "odd", Samples.Quiet.class);
            var file = classes.resolve("META-INF/kith/plugin.json");
            java.nio.file.Files.createDirectories(file.getParent());
            java.nio.file.Files.writeString(file, said);
            var jar = Jars.of(classes, folder.resolve("odd.jar"));
            crm.admin().upload("/plugins/packages", Packed.bytes(jar)).expect(422);
        }
    }

    @Test
    void an_installation_that_does_not_start_leaves_nothing() {
        var jar =
                Packed.unsigned(
                        "later",
                        "1.0.0",
                        Samples.Later.class,
                        Map.of("V1__a.sql", "create tabel later.a ();"));
        var plan = upload(Packed.signed(jar, KEY)).expect(201);
        var refused = install(plan).expect(409);
        assertThat(refused.code()).isEqualTo("kith.startFailed");
        assertThat(refused.text("/detail")).contains("migration of schema later");
        crm.admin().get("/plugins/later").expect(404);
        crm.admin().post("/plugins/later/enable").expect(404);
    }
}
