package dev.kith.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Run by the build: {@code Codegen MIGRATIONS SCHEMA PACKAGE TARGET POSTGRES}. */
final class Codegen {

    private Codegen() {}

    static void main(String[] arguments) throws Exception {
        var migrations = Path.of(arguments[0]);
        var tables = new Tables(arguments[1], arguments[2], Path.of(arguments[3]));
        if (Files.isDirectory(migrations)) {
            generate(migrations, tables, Path.of(arguments[4]));
        }
    }

    private static void generate(Path migrations, Tables tables, Path postgres)
            throws Exception {
        var fingerprint = Fingerprint.of(migrations, tables);
        var kept = tables.target().resolve("fingerprint.txt");
        if (fingerprint.equals(read(kept))) {
            return;
        }
        try (var database = MigratedDatabase.start(postgres, migrations, tables.schema())) {
            tables.generate(database.jdbcUrl(), database.user(), database.password());
        }
        Files.writeString(kept, fingerprint);
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
