package dev.kith.core.database;

import dev.kith.api.CustomerId;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who has consented now. Lies here because every read and transaction can ask. */
final class ConsentCheck {

    // What was said to the channel itself counts before what was said to all of them.
    private static final String CONSENTED =
            "select customer_id, state = 'given' and coalesce(expires_at > ?, true)"
                    + " from kith.consent where purpose = ? and channel in ('', ?)"
                    + " and customer_id = any (?) order by customer_id, channel";

    // A withdrawal waits for whoever relies on the consent, or is seen by them.
    private static final String HELD = CONSENTED + " for share";

    private ConsentCheck() {}

    static Set<CustomerId> consented(
            Connection connection,
            boolean hold,
            Instant now,
            String purpose,
            @Nullable String channel,
            Set<CustomerId> customers) {
        var consented = new HashSet<CustomerId>();
        if (customers.isEmpty()) {
            return consented;
        }
        try (var select = connection.prepareStatement(hold ? HELD : CONSENTED)) {
            select.setTimestamp(1, Timestamp.from(now));
            select.setString(2, purpose);
            select.setString(3, channel == null ? "" : channel);
            var ids = customers.stream().map(CustomerId::value).toArray();
            select.setArray(4, connection.createArrayOf("uuid", ids));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var customer = new CustomerId(row.getObject(1, UUID.class));
                    if (row.getBoolean(2)) {
                        consented.add(customer);
                    } else {
                        consented.remove(customer);
                    }
                }
            }
            return consented;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
