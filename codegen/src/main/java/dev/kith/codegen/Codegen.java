package dev.kith.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Run by the build of a module: {@code Codegen MODULE SCHEMA PACKAGE POSTGRES}. Writes Java sources
 * for the module's migrations and templates, if it has any and if they have changed.
 */
final class Codegen {

    /** Writes sources, or says in one exception what is wrong. */
    private interface Work {
        void run() throws Exception;
    }

    private Codegen() {}

    static void main(String[] arguments) throws Exception {
        var module = Path.of(arguments[0]);
        var schema = arguments[1];
        var packageName = arguments[2];
        var postgres = Path.of(arguments[3]);
        var sources = module.resolve("target/generated-sources/kith");

        var migrations = module.resolve("src/main/resources/db").resolve(schema);
        var tables = new Tables(schema, packageName + ".db", sources);
        onChange(
                migrations,
                tables,
                sources.resolve("tables.txt"),
                () -> {
                    try (var database = MigratedDatabase.start(postgres, migrations, schema)) {
                        tables.generate(database.jdbcUrl(), database.user(), database.password());
                    }
                });

        var pages = module.resolve("src/main/jte");
        var templates = new Templates(pages, packageName + ".jte", sources);
        onChange(pages, templates, sources.resolve("templates.txt"), templates::generate);
    }

    private static void onChange(Path from, Record how, Path kept, Work work) throws Exception {
        if (!Files.isDirectory(from)) {
            return;
        }
        var fingerprint = Fingerprint.of(from, how);
        if (!fingerprint.equals(read(kept))) {
            work.run();
            Files.writeString(kept, fingerprint);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
