package dev.kith.core.install;

import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.call.Audit;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.http.raw.OutStream;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.raw.Told;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginsPlugin;
import dev.kith.core.plugins.running.PluginStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * A plugin's data as a zip: {@code <table>.ndjson} for each of its tables, one row a line as
 * PostgreSQL writes it, all as of one moment; and {@value #ABOUT}, which ends it.
 */
final class Export {

    /** The last file of a whole export. */
    public static final String ABOUT = "about.json";

    private static final String PATH = "/api/v1/plugins/{plugin}/export";
    private static final String HISTORY = "flyway_schema_history";
    private static final int ROWS_AT_ONCE = 500;
    private static final Duration WITHIN = Duration.ofMinutes(30);
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

    /** Longer than that. */
    private static final String IDLE_MAX = "40s";

    /** At once on a node: each has a thread and a connection of core's for as long as it takes. */
    private static final int AT_ONCE_MAX = 2;

    private final PluginHost host;
    private final Area core;
    private final UnitOfWork work;
    private final Semaphore free = new Semaphore(AT_ONCE_MAX);

    Export(PluginHost host, Area core, UnitOfWork work) {
        this.host = host;
        this.core = core;
        this.work = work;
    }

    RawRoute route() {
        return RawRoute.of("GET", PATH, RawRoute.Gate.API, core.requests(), this::send)
                .needing(PluginsPlugin.EXPORT)
                .telling(
                        Told.of(
                                "Everything that a plugin has stored.",
                                "application/zip",
                                "One file of lines of JSON for each table; `about.json`, the last,"
                                        + " says that all is there."))
                .within(WITHIN);
    }

    private void send(RawExchange exchange) {
        var status = host.status(exchange.path("plugin"));
        if (!free.tryAcquire()) {
            throw StandardError.OVERLOADED.because(
                    "%d exports are being written; ask again when one of them is done"
                            .formatted(AT_ONCE_MAX));
        }
        try {
            write(exchange, status);
        } finally {
            free.release();
        }
    }

    private void write(RawExchange exchange, PluginStatus status) {
        // Before the first byte: who was interrupted has some of the data too.
        audit(exchange);
        exchange.header(
                "Content-Disposition", "attachment; filename=\"%s.zip\"".formatted(status.id()));
        var stream = exchange.stream(200, "application/zip");
        try (var zip = new ZipOutputStream(new Pipe(stream))) {
            var rows = tables(zip, status.id());
            // Last, so that who finds it knows that all is there.
            var about =
                    Map.of(
                            "plugin", status.id(),
                            "version", String.valueOf(status.version()),
                            "exportedAt", work.clock().instant(),
                            "rows", rows);
            add(zip, ABOUT, core.json().write(about) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stream.end();
        }
    }

    private void audit(RawExchange exchange) {
        var asked = exchange.asked();
        var cause = exchange.caller().cause(exchange.requestId());
        work.write(
                core,
                cause,
                tx -> {
                    Audit.record(tx, asked, "GET " + PATH, asked.path(), null, null);
                    return asked;
                });
    }

    private Map<String, Long> tables(ZipOutputStream zip, String schema) throws IOException {
        var count = new TreeMap<String, Long>();
        try (var connection = core.pools().write()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            try {
                // Between two pages of rows it waits for the client, longer than a session may
                // idle.
                DSL.using(connection, SQLDialect.POSTGRES)
                        .setLocal("idle_in_transaction_session_timeout", DSL.inline(IDLE_MAX))
                        .execute();
                for (var table : tables(connection, schema)) {
                    begin(zip, table + ".ndjson");
                    count.put(table, rows(connection, schema, table, zip));
                    zip.closeEntry();
                }
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
            }
            return count;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static List<String> tables(Connection connection, String schema) {
        var name = DSL.field(DSL.name("tablename"), String.class);
        return DSL.using(connection, SQLDialect.POSTGRES)
                .select(name)
                .from(DSL.table(DSL.name("pg_catalog", "pg_tables")))
                .where(DSL.field(DSL.name("schemaname"), String.class).eq(schema))
                .and(name.ne(HISTORY))
                .orderBy(name)
                .fetch(name);
    }

    private static long rows(Connection connection, String schema, String table, OutputStream out)
            throws IOException {
        var row = DSL.table(DSL.name(schema, table)).as("r");
        var json = DSL.field("to_jsonb({0})::text", String.class, DSL.name("r"));
        try (var rows =
                DSL.using(connection, SQLDialect.POSTGRES)
                        .select(json)
                        .from(row)
                        .fetchSize(ROWS_AT_ONCE)
                        .fetchLazy()) {
            var count = 0L;
            for (var each : rows) {
                out.write((each.value1() + "\n").getBytes(StandardCharsets.UTF_8));
                count++;
            }
            return count;
        }
    }

    private void add(ZipOutputStream zip, String name, String text) throws IOException {
        begin(zip, name);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void begin(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.ofInstant(work.clock().instant(), ZoneOffset.UTC));
        zip.putNextEntry(entry);
    }

    /** Waits for the client; ends the export when it has gone. */
    private static final class Pipe extends OutputStream {

        private final OutStream stream;

        Pipe(OutStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!stream.awaitRoom(TAKEN_WITHIN)) {
                throw new IOException("the client takes no more");
            }
            stream.write(java.util.Arrays.copyOfRange(bytes, from, from + length));
        }
    }
}
