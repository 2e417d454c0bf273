package dev.kith.core.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.api.CustomerId;
import dev.kith.core.database.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How far a reader across shards may look. */
class HorizonTest {

    private final LogFixture log = new LogFixture();
    private final Horizon horizon = log.node(Clock.systemUTC(), crm -> {}).horizon;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void it_does_not_pass_an_append_that_is_being_committed() throws Exception {
        try (var late = transaction();
                var soon = transaction()) {
            append(late, 0);
            append(soon, 1);
            soon.commit();

            assertThat(horizon.look()).isZero();
            assertThat(horizon.awaitDrawn(Duration.ofMillis(20))).isZero();

            late.commit();
            assertThat(horizon.look()).isEqualTo(2);
        }
    }

    @Test
    void what_is_drawn_while_others_commit_waits_for_its_own_commit() throws Exception {
        try (var first = transaction();
                var second = transaction()) {
            append(first, 0);
            horizon.look();
            append(second, 1);
            first.commit();

            assertThat(horizon.look()).isEqualTo(1);
        }
    }

    @Test
    void it_goes_on_though_appends_never_stop() throws Exception {
        try (var one = transaction();
                var two = transaction()) {
            append(one, 0);
            horizon.look();
            for (var round = 0; round < 5; round++) {
                append(two, 1);
                one.commit();
                horizon.look();
                append(one, 0);
                two.commit();
                horizon.look();
            }
            // Somebody has held a lock all the time.
            assertThat(horizon.look()).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void what_was_rolled_back_holds_nobody_up() throws Exception {
        try (var gone = transaction()) {
            append(gone, 0);
            gone.rollback();

            assertThat(horizon.look()).isEqualTo(1);
        }
    }

    private Connection transaction() throws SQLException {
        var connection = LogFixture.connect(log.address);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void append(Connection connection, int shard) throws SQLException {
        var id = Ids.next();
        var low = id.getLeastSignificantBits() & ~63L | shard;
        var customer = new CustomerId(new UUID(id.getMostSignificantBits(), low));
        LogFixture.append(connection, customer, 1);
    }
}
