package dev.kith.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** The data folder: made once, and made completely or not at all. */
final class Cluster {

    private static final Duration INIT_LIMIT = Duration.ofMinutes(2);
    private static final int PASSWORD_BYTES = 24;

    private final Home home;
    private final Account account;
    private final Binaries binaries;
    private final PrivateFiles files;

    Cluster(Home home, Account account, Binaries binaries) {
        this.home = home;
        this.account = account;
        this.binaries = binaries;
        this.files = new PrivateFiles(account.owner());
    }

    void prepare() throws IOException {
        if (Files.isDirectory(home.data())) {
            checkVersion();
            return;
        }
        try (var unfinished = Files.newDirectoryStream(home.root(), Home.UNFINISHED_DATA + "*")) {
            for (var folder : unfinished) {
                PrivateFiles.deleteTree(folder);
            }
        }
        if (files.read(home.password()).isEmpty()) {
            files.write(home.password(), newPassword());
        }
        initdb();
        Files.move(home.unfinishedData(), home.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    String password() throws IOException {
        return files.read(home.password())
                .orElseThrow(() ->
                        new PostgresFailure(
                                "The password of the database is missing: " + home.password()));
    }

    private void checkVersion() throws IOException {
        var written = files.read(home.data().resolve("PG_VERSION")).orElse("unknown");
        if (!written.equals(Integer.toString(binaries.majorVersion()))) {
            throw new PostgresFailure(
                    "%s was written by PostgreSQL %s and this server brings PostgreSQL %d"
                            .formatted(home.data(), written, binaries.majorVersion()));
        }
    }

    /**
     * The locale is PostgreSQL's own, so it is there on every machine. Nothing is synced file by
     * file; one pass at the end does it, before the folder gets its name. Stretching makes a weak
     * password harder to guess; ours is random and as long as a key, and a start opens a dozen
     * connections, each of which would pay for it.
     */
    private void initdb() {
        initdb(
                "--username=" + Connections.USER,
                "--pwfile=" + home.password(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                "--set=scram_iterations=1",
                "--no-instructions",
                "--no-sync");
        initdb("--sync-only");
    }

    private void initdb(String... options) {
        Path program = binaries.program("initdb");
        var line =
                Command.concat(
                        List.of(program.toString(), "-D", home.unfinishedData().toString()),
                        List.of(options));
        var made = Command.run(account.command(line), INIT_LIMIT);
        if (!made.succeeded()) {
            throw new PostgresFailure(
                    "Cannot make a database in %s: %s"
                            .formatted(home.root(), reason(made.output())));
        }
    }

    private static String reason(String output) {
        var lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.stream()
                .filter(line -> line.contains("error: ") || line.contains("FATAL: "))
                .findFirst()
                .orElse(lines.isEmpty() ? "it says nothing" : lines.getLast());
    }

    private static String newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
