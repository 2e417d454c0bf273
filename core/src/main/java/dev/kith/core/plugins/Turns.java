package dev.kith.core.plugins;

import dev.kith.api.StandardError;
import dev.kith.core.loading.StartFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who may change what plugins there are and run. Whoever changes a plugin has that plugin's turn for
 * as long as it takes, and in it the one moment of all plugins, for the part that others have to
 * stand still for. What may take long, such as migrations, comes before the moment: it keeps nobody
 * but the next change of the same plugin waiting.
 */
public final class Turns {

    /** How long somebody who can ask again waits for the change before. */
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final Map<String, ReentrantLock> plugins = new ConcurrentHashMap<>();
    private final ReentrantLock moment = new ReentrantLock();
    private boolean closed;

    Turns() {}

    /**
     * Does something with a plugin that somebody waits for. Within it, the same plugin's turn may be
     * taken again; another one's only by {@link #takeIfFree}.
     *
     * @throws dev.kith.api.Problem {@link StandardError#OVERLOADED} if another change of it is not
     *     over within five seconds
     */
    public <T> T take(String plugin, Supplier<T> change) {
        return locked(of(plugin), plugin + " is being started, stopped or replaced", change);
    }

    /**
     * The same for what is done at another time if the plugin is being changed now.
     *
     * @return false if it is
     */
    public boolean takeIfFree(String plugin, Runnable change) {
        var turn = of(plugin);
        if (!turn.tryLock()) {
            return false;
        }
        try {
            change.run();
            return true;
        } finally {
            turn.unlock();
        }
    }

    private ReentrantLock of(String plugin) {
        return plugins.computeIfAbsent(plugin, id -> new ReentrantLock());
    }

    /**
     * Does something while nothing else is switched.
     *
     * @throws dev.kith.api.Problem {@link StandardError#OVERLOADED} after five seconds
     */
    <T> T momentOf(Supplier<T> switching) {
        return locked(moment, "another plugin is being started or stopped", switching);
    }

    private static <T> T locked(Lock lock, String busy, Supplier<T> change) {
        if (!tryToLock(lock)) {
            throw StandardError.OVERLOADED.because(
                    busy + ", see GET /plugins; nothing was changed, ask again when that is over");
        }
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean tryToLock(Lock lock) {
        try {
            return lock.tryLock(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Does something that has begun already and has to end in its moment, however long that takes to
     * come.
     *
     * @throws StartFailure if the server has stopped its plugins
     */
    void finish(Runnable switching) {
        moment.lock();
        try {
            if (closed) {
                throw new StartFailure("the server is stopping");
            }
            switching.run();
        } finally {
            moment.unlock();
        }
    }

    /** Does the last thing: nothing is finished after it. */
    void close(Runnable last) {
        moment.lock();
        try {
            closed = true;
            last.run();
        } finally {
            moment.unlock();
        }
    }

    /** The moment of all plugins, for what waits for it by itself. */
    Lock moment() {
        return moment;
    }
}
