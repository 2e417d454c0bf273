package dev.kith.core.server;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What every session of our role is bound by. A frozen node keeps its locks until PostgreSQL ends
 * its session, and only these limits make it do so.
 */
final class SessionRules {

    static final Map<String, String> RULES = rules();

    private static final String CONFIGURED =
            "select unnest(rolconfig) from pg_roles where rolname = current_user";
    private static final String CURRENT = "select current_setting(?)";

    private SessionRules() {}

    private static Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        rules.put("idle_in_transaction_session_timeout", "10s");
        rules.put("statement_timeout", "30s");
        rules.put("lock_timeout", "5s");
        // Shown as the socket has it, in milliseconds without a unit.
        rules.put("tcp_user_timeout", "10000");
        return Collections.unmodifiableMap(rules);
    }

    /** Sets the rules for the role where they are missing, and checks that new sessions obey. */
    static void apply(DatabaseAddress address) {
        try {
            try (var connection = address.connect()) {
                set(connection);
            }
            try (var connection = address.connect()) {
                check(connection);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static void set(Connection connection) throws SQLException {
        var configured = configured(connection);
        for (var rule : RULES.entrySet()) {
            if (!configured.contains(rule.getKey() + "=" + rule.getValue())) {
                // Names and values are the constants above.
                try (var alter =
                        connection.prepareStatement(
                                "alter role current_user set "
                                        + rule.getKey()
                                        + " = '"
                                        + rule.getValue()
                                        + "'")) {
                    alter.execute();
                }
            }
        }
    }

    private static Set<String> configured(Connection connection) throws SQLException {
        Set<String> found = new HashSet<>();
        try (var select = connection.prepareStatement(CONFIGURED);
                var row = select.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static void check(Connection connection) throws SQLException {
        for (var rule : RULES.entrySet()) {
            try (var select = connection.prepareStatement(CURRENT)) {
                select.setString(1, rule.getKey());
                try (var row = select.executeQuery()) {
                    row.next();
                    if (!row.getString(1).equals(rule.getValue())) {
                        throw new IllegalStateException(
                                "the database does not let %s be %s but keeps it at %s"
                                        .formatted(
                                                rule.getKey(), rule.getValue(), row.getString(1)));
                    }
                }
            }
        }
    }
}
