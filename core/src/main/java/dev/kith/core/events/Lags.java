package dev.kith.core.events;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.failure.Traces;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many events wait for each plugin. Counted when somebody looks, and not too often. */
public final class Lags {

    /** Beyond it, a subscription's lag is not counted on. */
    static final int COUNTED_MAX = 10_000;

    private static final Logger log = LoggerFactory.getLogger(Lags.class);

    private static final Duration COUNTED_AGAIN_AFTER = Duration.ofSeconds(5);

    private static final String LAGS =
            "select s.plugin, sum(behind.events) from kith.subscription s cross join lateral"
                    + " (select count(*) as events from (select from kith.cursor c"
                    + " join kith.event e on e.topic = s.topic and e.shard = c.shard"
                    + " and e.position > c.position where c.subscription = s.name limit "
                    + COUNTED_MAX
                    + ") next) behind group by s.plugin";

    private final Area core;
    private Map<String, Long> counted = Map.of();
    private long countedNanos = System.nanoTime() - COUNTED_AGAIN_AFTER.toNanos();

    public Lags(Area core) {
        this.core = core;
    }

    /** By plugin; as it was last time where the database does not answer. */
    public synchronized Map<String, Long> byPlugin() {
        var now = System.nanoTime();
        if (now - countedNanos >= COUNTED_AGAIN_AFTER.toNanos()) {
            countedNanos = now;
            try {
                counted = count();
            } catch (SqlFailure e) {
                log.warn("lags were not counted: {}", Traces.of(e));
            }
        }
        return counted;
    }

    private Map<String, Long> count() {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(LAGS);
                var row = select.executeQuery()) {
            var lags = new HashMap<String, Long>();
            while (row.next()) {
                lags.put(row.getString(1), row.getLong(2));
            }
            return lags;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
