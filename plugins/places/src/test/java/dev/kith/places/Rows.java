package dev.kith.places;

import dev.kith.testkit.TestCrm;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** All that stands in the tables of a schema, for tests of what is kept. */
final class Rows {

    // The database names the tables to itself, quoted.
    private static final String ALL =
            "select tablename, query_to_xml(format('select to_jsonb(t)::text from %I.%I t',"
                    + " schemaname, tablename), true, false, '')::text"
                    + " from pg_tables where schemaname = ?";

    private Rows() {}

    static Map<String, String> of(TestCrm crm, String schema) {
        try (var connection = crm.node().core().pools().read();
                var select = connection.prepareStatement(ALL)) {
            select.setString(1, schema);
            try (var row = select.executeQuery()) {
                var rows = new TreeMap<String, String>();
                while (row.next()) {
                    rows.put(row.getString(1), row.getString(2));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
