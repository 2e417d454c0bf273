package dev.kith.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kith.core.connections.Pools;
import dev.kith.core.events.LogFixture;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A frozen node gives way, because PostgreSQL ends whatever session of ours stands still. */
class SessionRulesTest {

    private final LogFixture log = new LogFixture();

    @AfterEach
    void close() {
        log.execute("alter role current_user reset all");
        log.close();
    }

    @ParameterizedTest
    @CsvSource({
        "idle_in_transaction_session_timeout, 10s",
        "statement_timeout, 30s",
        "lock_timeout, 5s",
        "tcp_user_timeout, 10000"
    })
    void every_session_of_an_area_is_bound(String rule, String value) throws SQLException {
        SessionRules.apply(log.address);

        try (var pools = new Pools(log.address, "test", "public", 1, 1);
                var write = pools.write();
                var read = pools.read()) {
            for (var connection : new java.sql.Connection[] {write, read}) {
                try (var show = connection.prepareStatement("select current_setting(?)")) {
                    show.setString(1, rule);
                    try (var row = show.executeQuery()) {
                        row.next();
                        assertThat(row.getString(1)).isEqualTo(value);
                    }
                }
            }
        }
    }

    @Test
    void a_database_that_overrules_them_is_refused() {
        log.limitSessions("lock_timeout", "1h");

        assertThatThrownBy(() -> SessionRules.apply(log.address))
                .hasMessageContaining("lock_timeout")
                .hasMessageContaining("1h");
    }
}
