package dev.kith.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.core.connections.DatabaseAddress;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** All that lies in a database, whoever's it is: every value of every column of every schema. */
record Contents(List<Cell> cells) {

    private static final JsonMapper JSON = new JsonMapper();

    // A partition's rows are its table's.
    private static final String TABLES =
            """
            select n.nspname::text, c.relname::text
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p') and not c.relispartition
               and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
             order by 1, 2
            """;

    /** One value that is not null, in small letters. */
    record Cell(String schema, String column, String text) {}

    static Contents of(DatabaseAddress address) {
        try (var connection =
                DriverManager.getConnection(
                        address.jdbcUrl(), address.user(), address.password())) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            var cells = new ArrayList<Cell>();
            for (var table : sql.fetch(TABLES)) {
                read(sql, table.get(0, String.class), table.get(1, String.class), cells);
            }
            return new Contents(List.copyOf(cells));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void read(DSLContext sql, String schema, String table, List<Cell> cells) {
        var row = DSL.field("to_jsonb(t)::text", String.class);
        sql.select(row)
                .from(DSL.table(DSL.name(schema, table)).as("t"))
                .fetch(row)
                .forEach(text ->
                        parsed(text).properties().stream()
                                .filter(field -> !field.getValue().isNull())
                                .map(field ->
                                        new Cell(
                                                schema,
                                                table + "." + field.getKey(),
                                                text(field.getValue())))
                                .forEach(cells::add));
    }

    private static JsonNode parsed(String row) {
        try {
            return JSON.readTree(row);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode value) {
        return (value.isTextual() ? value.textValue() : value.toString()).toLowerCase(Locale.ROOT);
    }

    /** What lies in one schema. */
    Contents in(String schema) {
        return new Contents(cells.stream().filter(cell -> cell.schema().equals(schema)).toList());
    }

    /** What lies in all the others. */
    Contents outside(String schema) {
        return new Contents(cells.stream().filter(cell -> !cell.schema().equals(schema)).toList());
    }

    /** Columns in which a text lies, in whatever case, or its bytes; such as {@code note.text}. */
    Set<String> holding(String text) {
        var small = text.toLowerCase(Locale.ROOT);
        var bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        var columns = new TreeSet<String>();
        for (var cell : cells) {
            if (cell.text().contains(small)
                    || (cell.text().startsWith("\\x") && cell.text().contains(bytes))) {
                columns.add(cell.column());
            }
        }
        return columns;
    }
}
