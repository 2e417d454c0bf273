package dev.kith.core.events;

import dev.kith.api.CustomerId;
import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A node in a process of its own, for tests that freeze or kill it. Says on standard output where it
 * has arrived.
 */
final class ChildNode {

    private ChildNode() {}

    public static void main(String[] arguments) throws Exception {
        var address = new DatabaseAddress(arguments[0], arguments[1], arguments[2]);
        var customer = new CustomerId(UUID.fromString(arguments[4]));
        try (var log = LogFixture.existing(address)) {
            switch (arguments[3]) {
                case "inHandler" -> inHandler(log);
                case "inAppend" -> inAppend(log, customer);
                case "inFetch" -> inFetch(log);
                default -> busy(log, customer);
            }
        }
    }

    /** Blocks in the handler until it is thawed, and then tries to commit. */
    private static void inHandler(LogFixture log) {
        var node =
                log.node(
                        Clock.systemUTC(),
                        LogFixture.on(
                                "note",
                                (tx, event) -> {
                                    LogFixture.note(tx, "note", event);
                                    say("arrived");
                                    waitForThaw();
                                }));
        node.deliver();
        say("done");
    }

    /** Holds the shard's lock, with the event appended but not committed. */
    private static void inAppend(LogFixture log, CustomerId customer) throws SQLException {
        try (var connection = LogFixture.connect(log.address)) {
            connection.setAutoCommit(false);
            LogFixture.append(connection, customer, 1);
            say("arrived");
            waitForThaw();
            connection.commit();
            say("committed");
        } catch (SQLException e) {
            say("refused");
        }
    }

    /** Has claimed a cursor and reads a result that is larger than what fits into the socket. */
    private static void inFetch(LogFixture log) throws SQLException {
        try (var connection = LogFixture.connect(log.address)) {
            connection.setAutoCommit(false);
            Cursors.claim(connection, "test.note", 0);
            say("arrived");
            try (var select =
                    connection.prepareStatement(
                            "select repeat('x', 10000) from generate_series(1, 1000000)")) {
                select.setFetchSize(0);
                select.executeQuery().close();
            }
            connection.commit();
            say("committed");
        } catch (SQLException | OutOfMemoryError e) {
            say("refused");
        }
    }

    /** Publishes and delivers without end; what it says was published is acknowledged. */
    private static void busy(LogFixture log, CustomerId customer) {
        var node = log.node(Clock.systemUTC(), LogFixture.on("note", LogFixture.noting("note")));
        for (var n = 0; ; n++) {
            var number = n;
            var cause = Cause.of("test", Cause.Kind.REQUEST, Ids.next());
            var id =
                    node.work.write(
                            node.area,
                            cause,
                            tx ->
                                    tx.publish(
                                            "thing.happened",
                                            customer,
                                            new LogFixture.Thing(number)));
            say(id.toString());
        }
    }

    /** Whoever froze this process says on standard input that it goes on. */
    private static void waitForThaw() {
        try {
            while (System.in.read() != '\n') {
                LockSupport.parkNanos(1_000_000);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
