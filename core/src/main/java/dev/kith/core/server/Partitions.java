package dev.kith.core.server;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the log's partitions ahead of need, and drops what the operator wants forgotten. */
final class Partitions {

    private static final Logger log = LoggerFactory.getLogger(Partitions.class);

    // Half a partition ahead: long before an append would find no room.
    private static final String MAKE =
            "select kith.make_event_partitions((select last_value from kith.event_position) + ? / 2,"
                    + " ?)";
    private static final String DROP = "select kith.drop_event_partitions(?)";

    private final Area core;
    private final Clock clock;
    private final long positions;
    private final Duration keepFor;

    Partitions(Area core, Clock clock, long positions, Duration keepFor) {
        this.core = core;
        this.clock = clock;
        this.positions = positions;
        this.keepFor = keepFor;
    }

    void makeAhead() {
        try (var connection = core.pools().write();
                var make = connection.prepareStatement(MAKE)) {
            make.setLong(1, positions);
            make.setLong(2, positions);
            make.execute();
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Drops partitions that are old, passed by every cursor and free of events set aside. */
    void dropOld() {
        if (keepFor.isZero()) {
            return;
        }
        try (var connection = core.pools().write()) {
            for (var name : drop(connection)) {
                log.info("dropped {}: every event in it is older than {}", name, keepFor);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private List<String> drop(Connection connection) throws SQLException {
        try (var drop = connection.prepareStatement(DROP)) {
            drop.setTimestamp(1, Timestamp.from(clock.instant().minus(keepFor)));
            List<String> dropped = new ArrayList<>();
            try (var row = drop.executeQuery()) {
                while (row.next()) {
                    dropped.add(row.getString(1));
                }
            }
            return dropped;
        }
    }
}
