package dev.kith.core.call;

import dev.kith.core.database.Ids;
import dev.kith.core.database.Tx;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who changed what, and when: one row per change, in its transaction. */
public final class Audit {

    private static final String INSERT =
            "insert into kith.audit (id, at, actor, action, subject, customer_id, request_id,"
                    + " detail) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)";

    private Audit() {}

    /**
     * @param action method and path as declared
     * @param subject the path as it was called
     * @param detail JSON, without values that people entered
     */
    public static void record(
            Tx tx,
            Asked asked,
            String action,
            String subject,
            @Nullable UUID customer,
            @Nullable String detail) {
        try (var insert = tx.connection().prepareStatement(INSERT)) {
            insert.setObject(1, Ids.next());
            insert.setTimestamp(2, Timestamp.from(tx.now()));
            insert.setString(3, tx.actor().toString());
            insert.setString(4, action);
            insert.setString(5, subject);
            insert.setObject(6, customer);
            insert.setObject(7, asked.id());
            insert.setString(8, detail);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
