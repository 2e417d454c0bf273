package dev.kith.core.database;

import dev.kith.api.Contacts;
import dev.kith.api.CustomerId;
import dev.kith.api.ForeignId;
import dev.kith.api.StandardError;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** How a customer can be reached. Lies here because every read and transaction can ask. */
final class ContactRow {

    private static final String CONTACTS =
            "select array(select e ->> 'value' from jsonb_array_elements(emails)"
                    + " with ordinality e(e, n) order by n),"
                    + " array(select p ->> 'value' from jsonb_array_elements(phones)"
                    + " with ordinality p(p, n) order by n),"
                    + " array(select x ->> 'source' from jsonb_array_elements(external_ids)"
                    + " with ordinality x(x, n) order by n),"
                    + " array(select x ->> 'id' from jsonb_array_elements(external_ids)"
                    + " with ordinality x(x, n) order by n), time_zone"
                    + " from kith.customer where id = ?";

    private ContactRow() {}

    static Contacts read(Connection connection, CustomerId id) {
        try (var select = connection.prepareStatement(CONTACTS)) {
            select.setObject(1, id.value());
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw StandardError.NOT_FOUND.because("there is no such customer");
                }
                var zone = row.getString(5);
                return new Contacts(
                        texts(row, 1),
                        texts(row, 2),
                        foreignIds(texts(row, 3), texts(row, 4)),
                        zone == null ? null : ZoneId.of(zone));
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static List<ForeignId> foreignIds(List<String> sources, List<String> ids) {
        var all = new ArrayList<ForeignId>();
        for (var i = 0; i < ids.size(); i++) {
            all.add(new ForeignId(sources.get(i), ids.get(i)));
        }
        return all;
    }
}
