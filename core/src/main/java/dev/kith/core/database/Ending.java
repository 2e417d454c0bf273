package dev.kith.core.database;

import dev.kith.core.area.Call;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The end of a transaction that publishes: from its first place in the order of the log to its
 * commit or rollback. Whoever publishes for the same customers waits for that, so it is not left to a
 * thread that the system has put behind all others, unless too many are at it already.
 */
final class Ending {

    private static final int THREADS = 2;

    private final Semaphore free = new Semaphore(THREADS);
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
                        new ArrayBlockingQueue<>(THREADS),
                        Thread.ofPlatform().daemon().name("kith-ending-", 1).factory());
        threads.prestartAllCoreThreads();
        return threads;
    }

    <T> T end(boolean publishes, Last<T> last) throws SQLException {
        var call = Call.current();
        var isSlow = call != null && call.isPutLast();
        if (!publishes || !isSlow || !free.tryAcquire()) {
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
        } finally {
            free.release();
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
