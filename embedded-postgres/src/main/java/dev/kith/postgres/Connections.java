package dev.kith.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How to reach the server. */
record Connections(int port, String password) {

    static final String HOST = "127.0.0.1";
    static final String USER = "kith";
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final String CONNECT_SECONDS = "10";
    private static final String ANSWER_SECONDS = "30";

    String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
    }

    Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", ANSWER_SECONDS);
        properties.setProperty("sslmode", "disable");
        return DriverManager.getConnection(url(MAINTENANCE_DATABASE), properties);
    }
}
