package dev.kith.core.database;

import dev.kith.core.area.Call;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The end of a transaction: from its first place in the order of the log to its commit. Whoever
 * publishes for the same customers waits for that, so it is not left to a thread that the system has
 * put behind all others.
 */
final class Ending {

    private static final int THREADS = 2;

    private final ExecutorService quick = quick();

    interface Last<T> {
        T run() throws SQLException;
    }

    // Started now, by a thread of full speed, because they inherit its place.
    private static ExecutorService quick() {
        var threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("kith-ending-", 1).factory());
        threads.prestartAllCoreThreads();
        return threads;
    }

    <T> T end(Last<T> last) throws SQLException {
        var call = Call.current();
        // One that was interrupted is refused, which is done at once.
        if (call == null || !call.isPutLast() || Thread.currentThread().isInterrupted()) {
            return last.run();
        }
        try {
            return CompletableFuture.supplyAsync(() -> unchecked(last), quick).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    private static <T> T unchecked(Last<T> last) {
        try {
            return last.run();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
