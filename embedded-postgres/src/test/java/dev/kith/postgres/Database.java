package dev.kith.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Talks to the server like any other client. */
record Database(Connection connection) implements AutoCloseable {

    static Database of(EmbeddedPostgres postgres) throws SQLException {
        return new Database(
                DriverManager.getConnection(
                        postgres.jdbcUrl("postgres"), postgres.user(), postgres.password()));
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String ask(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
