package dev.kith.places;

import dev.kith.testkit.TestCrm;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** All that stands in the tables of a schema, for tests of what is kept. */
final class Rows {

    private Rows() {}

    static Map<String, String> of(TestCrm crm, String schema) {
        try (var connection = crm.node().core().pools().read()) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            var rows = new TreeMap<String, String>();
            var name = DSL.field(DSL.name("tablename"), String.class);
            var tables =
                    sql.select(name)
                            .from(DSL.table(DSL.name("pg_tables")))
                            .where(DSL.field(DSL.name("schemaname"), String.class).eq(schema))
                            .fetch(row -> row.value1());
            for (var table : tables) {
                var text = DSL.field("to_jsonb(t)::text", String.class);
                var all =
                        sql.select(text)
                                .from(DSL.table(DSL.name(schema, table)).as("t"))
                                .fetch(row -> row.value1());
                rows.put(table, String.join("\n", all));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
