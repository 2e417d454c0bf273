package dev.kith.codegen;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A PostgreSQL for the length of a build step, with one area's migrations in it. */
record MigratedDatabase(Path folder, int port) implements AutoCloseable {

    static MigratedDatabase start(Path migrations, String schema) throws IOException {
        var folder = Files.createTempDirectory("kith-codegen");
        var port = freePort();
        try (var binaries =
                MigratedDatabase.class.getResourceAsStream("/postgres-linux-x86_64.txz")) {
            Files.copy(binaries, folder.resolve("postgres.txz"));
        }
        run(folder, false, "tar", "xJf", "postgres.txz");
        if (isRoot()) {
            run(folder, false, "chown", "-R", "nobody", folder.toString());
        }
        run(folder, true, "bin/initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-N");
        run(
                folder,
                true,
                "bin/pg_ctl",
                "-D",
                "data",
                "-w",
                "-l",
                "log",
                "-o",
                "-p %d -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                        .formatted(port),
                "start");
        var database = new MigratedDatabase(folder, port);
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .defaultSchema(schema)
                .schemas(schema)
                .locations("filesystem:" + migrations)
                .load()
                .migrate();
        return database;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    String user() {
        return "postgres";
    }

    String password() {
        return "";
    }

    @Override
    public void close() throws IOException {
        run(folder, true, "bin/pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop");
        run(Path.of("/"), false, "rm", "-rf", folder.toString());
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, boolean asUser, String... command)
            throws IOException {
        var line = new ArrayList<String>();
        if (asUser && isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=nobody", "--clear-groups"));
        }
        line.addAll(List.of(command));
        var process =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("Failed: " + line);
        }
    }
}
