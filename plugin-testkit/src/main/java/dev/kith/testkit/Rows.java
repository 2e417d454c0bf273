package dev.kith.testkit;

import dev.kith.core.connections.DatabaseAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Puts a row into each table, as far as its constraints allow, so that a migration meets tables that
 * are not empty.
 */
record Rows(DatabaseAddress address) {

    private static final String REQUIRED =
            """
            select t.tablename::text, a.attname::text, a.atttypid::regtype::text
              from pg_tables t
              join pg_namespace n on n.nspname = t.schemaname
              join pg_class c on c.relnamespace = n.oid and c.relname = t.tablename
              left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and a.attnotnull
                   and not a.atthasdef and a.attidentity = '' and not a.attisdropped
             where t.schemaname = ? and t.tablename <> 'flyway_schema_history'
             order by 1, a.attnum
            """;

    void fill(String schema) {
        try (var connection =
                DriverManager.getConnection(
                        address.jdbcUrl(), address.user(), address.password())) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            sql.fetch(REQUIRED, schema)
                    .intoGroups(0, String.class)
                    .forEach((table, columns) -> insert(sql, schema, String.valueOf(table)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(DSLContext sql, String schema, String table) {
        var columns = new ArrayList<Field<Object>>();
        var values = new ArrayList<Field<?>>();
        for (var row : sql.fetch(REQUIRED, schema)) {
            var column = row.get(1, String.class);
            if (table.equals(row.get(0, String.class)) && column != null) {
                columns.add(DSL.field(DSL.name(column)));
                values.add(value(String.valueOf(row.get(2, String.class))));
            }
        }
        try {
            sql.insertInto(DSL.table(DSL.name(schema, table)), columns)
                    .values(List.copyOf(values))
                    .execute();
        } catch (DataAccessException e) {
            // A check or a foreign key wants something of its own: that table stays empty.
        }
    }

    private static Field<?> value(String type) {
        var text =
                switch (type) {
                    case "uuid" -> "00000000-0000-0000-0000-000000000001";
                    case "boolean" -> "true";
                    case "jsonb", "json" -> "{}";
                    case "bytea" -> "";
                    case "date", "timestamp with time zone", "timestamp without time zone" ->
                            "2026-01-01";
                    case "interval" -> "1 day";
                    case "text", "character varying", "character" -> "x";
                    default -> type.endsWith("[]") ? "{}" : "1";
                };
        // An untyped literal becomes what the column is.
        return DSL.inline(text);
    }
}
