package dev.kith.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the running server whether it is ours and as durable, private and closed as it has to be. */
final class Verification {

    private static final String SETTINGS =
            "select name, setting from pg_settings where name = any(?)";

    /** What is set for a role or a database comes before the command line. */
    private static final String OVERRIDES =
            """
            select c from pg_db_role_setting, unnest(setconfig) c
            where split_part(c, '=', 1) = any(?)
            """;

    private Verification() {}

    static void check(Connections connections, Map<String, String> expected) {
        try (var connection = connections.open()) {
            var problems = new ArrayList<String>();
            var actual = settings(connection, expected);
            expected.forEach((name, value) -> {
                if (!value.equals(actual.get(name))) {
                    problems.add("%s is %s, not %s".formatted(name, actual.get(name), value));
                }
            });
            for (var name : overrides(connection, expected)) {
                problems.add(name + " for a role or a database");
            }
            if (!problems.isEmpty()) {
                throw new PostgresFailure(
                        "PostgreSQL runs with wrong settings: " + String.join("; ", problems));
            }
        } catch (SQLException e) {
            throw new PostgresFailure("PostgreSQL does not answer: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> settings(Connection connection, Map<String, String> asked)
            throws SQLException {
        var found = new TreeMap<String, String>();
        try (var statement = connection.prepareStatement(SETTINGS)) {
            statement.setArray(1, connection.createArrayOf("text", asked.keySet().toArray()));
            var rows = statement.executeQuery();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        }
        return found;
    }

    private static List<String> overrides(Connection connection, Map<String, String> asked)
            throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = connection.prepareStatement(OVERRIDES)) {
            statement.setArray(1, connection.createArrayOf("text", asked.keySet().toArray()));
            var rows = statement.executeQuery();
            while (rows.next()) {
                var override = rows.getString(1).split("=", 2);
                if (!override[1].equals(asked.get(override[0]))) {
                    found.add("%s is %s".formatted(override[0], override[1]));
                }
            }
        }
        return found;
    }
}
