package dev.kith.core.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * One thing in a schema: a table, a column, a constraint, a function, …
 *
 * @param table the table or view it is part of; empty if of none
 * @param shape all of it that others can tell, as SQL writes it
 * @param binds columns whose values it restricts
 * @param spares whether rows are good for it that leave those columns out
 * @param file where its rows lie, which changes when all are written anew; 0 if it has none
 * @param deleted how many rows this transaction has deleted
 */
record Thing(
        String label,
        String table,
        String name,
        String shape,
        List<String> binds,
        boolean spares,
        long file,
        long deleted) {

    static Thing of(ResultSet row) throws SQLException {
        return new Thing(
                row.getString("label"),
                row.getString("part_of"),
                row.getString("name"),
                row.getString("shape"),
                List.of((String[]) row.getArray("binds").getArray()),
                row.getBoolean("spares"),
                row.getLong("file"),
                row.getLong("deleted"));
    }

    Loss lost(String what) {
        return new Loss(what, name, table);
    }
}
