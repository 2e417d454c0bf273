package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Logins;
import dev.kith.core.migrations.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Runs a plugin's migrations on a database that has core's tables only, and on what each of its
 * earlier versions would have left there.
 */
record SchemaCheck(TestCrm crm) {

    // Everything that has a name, with what it looks like.
    private static final String OBJECTS =
            """
            select n.nspname || '.' || c.relname || ' ' || c.relkind::text || ' '
                   || coalesce(string_agg(a.attname || ':' || a.atttypid::regtype, ','
                                          order by a.attnum), '')
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
             where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
             group by n.nspname, c.relname, c.relkind
            union all
            select n.nspname || '.' || p.proname || ' function ' || md5(coalesce(p.prosrc, ''))
              from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
             order by 1
            """;

    void run() {
        try (var database = TestDatabase.create()) {
            var before = objects(database.address());
            migrate(database.address(), crm.plugin(), crm.source());
            var once = objects(database.address());
            migrate(database.address(), crm.plugin(), crm.source());
            assertEquals(String.join("\n", once), lines(objects(database.address())));
            var elsewhere = new ArrayList<>(once);
            elsewhere.removeIf(line -> line.startsWith(crm.plugin() + "."));
            assertEquals(lines(before), lines(elsewhere));
        }
    }

    /** From every earlier version's schema, with a row in each table that takes one. */
    void upgrade() {
        var migrations = migrations();
        for (var had = 1; had < migrations.size(); had++) {
            try (var database = TestDatabase.create();
                    var whole = TestDatabase.create();
                    var earlier = new TemporaryFolder()) {
                copy(migrations.subList(0, had), earlier.path());
                migrate(database.address(), crm.plugin(), earlier.path());
                new Rows(database.address()).fill(crm.plugin());
                migrate(database.address(), crm.plugin(), crm.source());
                migrate(whole.address(), crm.plugin(), crm.source());
                assertEquals(lines(objects(whole.address())), lines(objects(database.address())));
            }
        }
    }

    private List<Path> migrations() {
        var folder = crm.source().resolve("db").resolve(crm.plugin());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.sorted(Comparator.comparing(SchemaCheck::version)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MigrationVersion version(Path file) {
        var name = String.valueOf(file.getFileName());
        return MigrationVersion.fromVersion(name.substring(1, name.indexOf("__")));
    }

    private void copy(List<Path> migrations, Path to) {
        try {
            var folder = Files.createDirectories(to.resolve("db").resolve(crm.plugin()));
            for (var file : migrations) {
                Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A new one each time: it has not been told that the migrations ran.
    static void migrate(DatabaseAddress address, String plugin, Path source) {
        var logins = new Logins(address, Map.of());
        new Migrations(address, logins).apply(plugin, source);
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    private static List<String> objects(DatabaseAddress address) {
        try (var connection =
                        DriverManager.getConnection(
                                address.jdbcUrl(), address.user(), address.password());
                var select = connection.prepareStatement(OBJECTS);
                var row = select.executeQuery()) {
            var objects = new ArrayList<String>();
            while (row.next()) {
                objects.add(row.getString(1));
            }
            return objects;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
