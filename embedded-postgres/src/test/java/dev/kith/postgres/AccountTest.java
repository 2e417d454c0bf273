package dev.kith.postgres;

import static dev.kith.postgres.EmbeddedPostgres.Options.durable;
import static dev.kith.postgres.EmbeddedPostgres.Options.forTests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(DataFolders.class)
class AccountTest {

    private static final int NOBODY = 65534;

    /** Not in any list of accounts, as in some containers. */
    private static final int USER = 12_345;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @BeforeEach
    void only_root_can_become_others() {
        assumeTrue(new UnixSystem().getUid() == 0, "needs root, to be root and somebody else");
    }

    @Test
    void root_may_keep_its_data_where_nobody_else_can_go(Path prepared) throws Exception {
        var home = Files.createTempDirectory(Path.of(System.getProperty("user.home")), "kith");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        var folder = Files.move(DataFolders.copy(prepared), home.resolve("data"));

        try (var postgres = EmbeddedPostgres.start(folder, durable());
                var database = Database.of(postgres)) {
            assertThat(database.ask("select 1")).isEqualTo("1");
            assertThat(ownerOf(folder)).isZero();
            assertThat(capabilities(postgres.pid())).isEqualTo("0000000000000000");
        }
        PrivateFiles.deleteTree(home);
    }

    @Test
    void a_normal_user_can_run_it_also_after_root_did(@TempDir Path open, Path prepared)
            throws Exception {
        var classPath = readableClassPath(open);
        var folder = DataFolders.copyAll(prepared);
        PrivateFiles.giveTree(folder, USER);

        try (var owner = Owner.of(folder, becoming(USER), classPath)) {
            assertThat(ownerOf(processFolder(owner.postgres().pid()))).isEqualTo(USER);
        }
        try (var postgres = EmbeddedPostgres.start(folder, durable())) {
            assertThat(ownerOf(processFolder(postgres.pid()))).isEqualTo(USER);
        }
        try (var owner = Owner.of(folder, becoming(USER), classPath)) {
            assertThat(owner.answer()).startsWith("started");
        }
        PrivateFiles.deleteTree(folder);
    }

    @Test
    void root_becomes_nobody_where_namespaces_are_forbidden(Path prepared) throws Exception {
        var folder = DataFolders.copyAll(prepared);
        var home = Home.open(folder);

        var account = Account.switchedTo(NOBODY, home);

        var launch = Launch.prepare(home, forTests(), account);
        var running = launch.onFreePort();
        try {
            assertThat(ownerOf(processFolder(running.postmaster().pid()))).isEqualTo(NOBODY);
            assertThat(Files.getPosixFilePermissions(folder))
                    .isEqualTo(PosixFilePermissions.fromString("rwx-----x"));
        } finally {
            launch.processes().stop();
        }
        PrivateFiles.deleteTree(folder);
    }

    @Test
    void nobody_behind_a_closed_door_is_told_so() throws Exception {
        var closed = DataFolders.temporary();
        var home = Home.open(closed.resolve("inner"));

        assertThatThrownBy(() -> Account.switchedTo(NOBODY, home))
                .isInstanceOf(PostgresFailure.class)
                .hasMessageContaining("user 65534 cannot reach " + home.root());
        PrivateFiles.deleteTree(closed);
    }

    private static List<String> becoming(int uid) {
        return List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
    }

    /** The build may stand where a normal user cannot read. */
    private static String readableClassPath(Path open) throws IOException {
        var parts = new ArrayList<String>();
        for (var part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var copy = open.resolve(parts.size() + "-" + Path.of(part).getFileName());
            Command.run(List.of("cp", "-r", part, copy.toString()), LIMIT);
            parts.add(copy.toString());
        }
        Command.run(List.of("chmod", "-R", "a+rX", open.toString()), LIMIT);
        return String.join(File.pathSeparator, parts);
    }

    private static String capabilities(long pid) throws IOException {
        try (var status = Files.lines(processFolder(pid).resolve("status"))) {
            return status.filter(line -> line.startsWith("CapEff:"))
                    .map(line -> line.split("\\s+", -1)[1])
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path processFolder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private static int ownerOf(Path path) throws IOException {
        return PrivateFiles.ownerOf(path);
    }
}
