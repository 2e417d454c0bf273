package dev.kith.core.connections;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One area's connections: some that write, in transactions, and some that only read, in autocommit.
 * None is kept open when idle, so that many plugins fit under {@code max_connections}.
 */
public final class Pools implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration IDLE_MAX = Duration.ofSeconds(60);

    private final HikariDataSource write;
    private final HikariDataSource read;

    public Pools(DatabaseAddress address, String area, String schema, int writeMax, int readMax) {
        write = new HikariDataSource(config(address, area, schema, writeMax, false));
        read = new HikariDataSource(config(address, area, schema, readMax, true));
    }

    /** A connection with autocommit off. */
    public Connection write() throws SQLException {
        return write.getConnection();
    }

    /** A connection in autocommit whose session is read-only. */
    public Connection read() throws SQLException {
        return read.getConnection();
    }

    /** Connections in use for writing. */
    public int writing() {
        return active(write);
    }

    /** Connections in use for reading. */
    public int reading() {
        return active(read);
    }

    private static int active(HikariDataSource pool) {
        var state = pool.getHikariPoolMXBean();
        return state == null ? 0 : state.getActiveConnections();
    }

    /** Threads that wait for a connection. */
    public int waiting() {
        return awaiting(write) + awaiting(read);
    }

    private static int awaiting(HikariDataSource pool) {
        var state = pool.getHikariPoolMXBean();
        return state == null ? 0 : state.getThreadsAwaitingConnection();
    }

    private static HikariConfig config(
            DatabaseAddress address, String area, String schema, int max, boolean readOnly) {
        var config = new HikariConfig();
        config.setPoolName(area + (readOnly ? "-read" : "-write"));
        config.setJdbcUrl(address.jdbcUrl());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setAutoCommit(readOnly);
        config.setMaximumPoolSize(max);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_MAX.toMillis());
        config.setConnectionTimeout(CONNECT_WITHIN.toMillis());
        // The server may start while the database is away; readiness says so.
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("ApplicationName", application(area));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", DatabaseAddress.ANSWERS_WITHIN);
        config.addDataSourceProperty("currentSchema", schema);
        config.addDataSourceProperty("stringtype", "unspecified");
        // A batch of single inserts becomes inserts of many rows: half of the time of each is
        // saved.
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        if (readOnly) {
            config.addDataSourceProperty("options", "-c default_transaction_read_only=on");
        }
        return config;
    }

    @Override
    public void close() {
        write.close();
        read.close();
    }

    /** The name of an area's sessions in the database. */
    public static String application(String area) {
        return "kith/" + area;
    }
}
