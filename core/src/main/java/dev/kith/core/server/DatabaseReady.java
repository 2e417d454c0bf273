package dev.kith.core.server;

import dev.kith.core.area.Area;
import dev.kith.core.http.health.Ready;
import java.sql.SQLException;
import java.util.Map;

/** A node whose database does not answer must not be sent requests. */
record DatabaseReady(Area core) implements Ready {

    private static final int ANSWER_WITHIN_SECONDS = 2;

    @Override
    public Map<String, String> parts() {
        return Map.of("database", reason());
    }

    private String reason() {
        try (var connection = core.pools().read()) {
            return connection.isValid(ANSWER_WITHIN_SECONDS) ? "" : "does not answer";
        } catch (SQLException e) {
            return "does not answer, SQLSTATE " + e.getSQLState();
        }
    }
}
