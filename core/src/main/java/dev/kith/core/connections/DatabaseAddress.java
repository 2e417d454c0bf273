package dev.kith.core.connections;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where the database is. The password never appears in text. */
public record DatabaseAddress(String jdbcUrl, String user, String password) {

    /**
     * How long an answer may take before its connection counts as lost, in seconds: longer than the
     * database works on any statement ({@code SessionRules}), and much shorter than the quarter of an
     * hour after which the system gives up a host that has vanished.
     */
    static final String ANSWERS_WITHIN = "40";

    /** A session of its own, outside the pools. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("socketTimeout", ANSWERS_WITHIN);
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    DatabaseAddress with(String another) {
        return new DatabaseAddress(jdbcUrl, user, another);
    }

    @Override
    public String toString() {
        return "database of user " + user;
    }
}
