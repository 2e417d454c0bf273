package dev.kith.codegen;

import java.nio.file.Files;
import java.nio.file.Path;

/** Run by the build: {@code Codegen MIGRATIONS SCHEMA PACKAGE TARGET}. */
final class Codegen {

    private Codegen() {}

    static void main(String[] arguments) {
        var migrations = Path.of(arguments[0]);
        if (!Files.isDirectory(migrations)) {
            return;
        }
        throw new UnsupportedOperationException("Not yet: no PostgreSQL to run " + migrations);
    }
}
