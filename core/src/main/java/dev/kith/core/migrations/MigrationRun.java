package dev.kith.core.migrations;

import dev.kith.core.failure.SqlFailure;
import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.schema.ExpandOnly;
import dev.kith.core.schema.NotExpanding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Flyway, once over one schema.
 *
 * @param files the migrations, by the name of each
 */
record MigrationRun(
        String schema,
        NavigableMap<String, byte[]> files,
        WatchedDatabase database,
        MigrationWatch watch) {

    /**
     * @param running the version that works on the schema meanwhile, if any
     * @throws StartFailure if a migration fails
     * @throws NotExpanding if that version could miss something afterwards
     */
    void run(@Nullable String running) {
        // From files and not from the class path, so that Flyway never holds a plugin's class
        // loader.
        try {
            var folder = Files.createTempDirectory("kith-migrations");
            try {
                for (var file : files.entrySet()) {
                    Files.write(folder.resolve(file.getKey()), file.getValue());
                }
                var flyway = flyway(folder);
                migrate(running == null ? flyway.callbacks(watch) : beside(flyway, running));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FluentConfiguration flyway(Path folder) {
        return Flyway.configure()
                .dataSource(database)
                .schemas(schema)
                .defaultSchema(schema)
                .locations("filesystem:" + folder)
                .validateMigrationNaming(true);
    }

    private FluentConfiguration beside(FluentConfiguration flyway, String running) {
        var expands =
                new ExpandOnly(
                        schema, files, versions -> PluginIdentity.accepts(versions, running));
        return flyway.group(true).callbacks(watch, expands);
    }

    private void migrate(FluentConfiguration flyway) {
        try {
            flyway.load().migrate();
        } catch (FlywayException e) {
            var ended = watch.ended();
            if (ended != null) {
                throw new StartFailure(ended, e);
            }
            var refused = NotExpanding.behind(e);
            if (refused.isPresent()) {
                throw refused.get();
            }
            throw new StartFailure("migration of schema %s: %s".formatted(schema, text(e)), e);
        }
    }

    // PostgreSQL's details quote rows, and so may its messages, but for those about the SQL itself.
    private static String text(FlywayException failure) {
        var state = SqlFailure.state(failure);
        var quotesRows = !state.isEmpty() && !state.startsWith("42");
        return String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Detail:"))
                .filter(line -> !(quotesRows && line.startsWith("Message")))
                .collect(Collectors.joining("; "));
    }

    private void delete(Path folder) throws IOException {
        for (var name : files.keySet()) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
