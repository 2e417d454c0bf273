package dev.kith.testkit;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * All that a plugin has brought about, as text: every row of its schema, and what it has published,
 * armed and sent.
 */
record State(List<String> lines) {

    private static final String HISTORY = "flyway_schema_history";

    static State of(Area core, String plugin) {
        try (var connection = core.pools().read()) {
            var lines = new ArrayList<String>();
            for (var table : tables(connection, plugin)) {
                lines.addAll(rows(connection, plugin, table));
            }
            lines.addAll(
                    texts(
                            connection,
                            "select 'event ' || topic || ' ' || count(*) from kith.event"
                                    + " where source = ? group by topic order by 1",
                            plugin));
            lines.addAll(
                    texts(
                            connection,
                            "select 'timer ' || name || ' ' || key || ' ' || due_at"
                                    + " from kith.job where plugin = ? and every_seconds is null"
                                    + " order by 1",
                            plugin));
            lines.addAll(
                    texts(
                            connection,
                            "select 'send ' || name || ' ' || payload from kith.send"
                                    + " where plugin = ? order by 1",
                            plugin));
            return new State(List.copyOf(lines));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static List<String> tables(Connection connection, String schema) throws SQLException {
        return texts(
                connection,
                "select tablename from pg_tables where schemaname = ? and tablename <> '"
                        + HISTORY
                        + "' order by 1",
                schema);
    }

    private static List<String> rows(Connection connection, String schema, String table) {
        var row = DSL.field("to_jsonb(t)::text", String.class);
        return DSL.using(connection, SQLDialect.POSTGRES)
                .select(DSL.concat(DSL.inline(table + " "), row))
                .from(DSL.table(DSL.name(schema, table)).as("t"))
                .orderBy(row)
                .fetch(found -> found.value1());
    }

    private static List<String> texts(Connection connection, String sql, String parameter)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            var texts = new ArrayList<String>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
            return texts;
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
