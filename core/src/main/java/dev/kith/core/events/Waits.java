package dev.kith.core.events;

import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.database.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Callers that wait until every subscription of a topic has passed their event. */
public final class Waits {

    /** The longest anybody may wait. */
    public static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /** The most that may wait at the same time; more are answered at once as not settled. */
    public static final int WAITING_MAX = 1_000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private static final String SETTLED =
            "select not exists (select from kith.event e"
                    + " join kith.subscription s on s.topic = e.topic"
                    + " join kith.cursor c on c.subscription = s.name and c.shard = e.shard"
                    + " where e.id = ? and c.position < e.position)"
                    + " and not exists (select from kith.set_aside a where a.event_id = ?)";

    private final Area core;
    private final Ticker ticker;
    private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    private static final class Wait {
        final UUID event;
        final long untilNanos;
        final CompletableFuture<Boolean> settled = new CompletableFuture<>();

        Wait(UUID event, Duration max) {
            this.event = event;
            this.untilNanos = System.nanoTime() + max.toNanos();
        }
    }

    public Waits(Area core, Ticker ticker) {
        this.core = core;
        this.ticker = ticker;
    }

    /** Completes with true when all have passed the event, with false after {@code max}. */
    public CompletionStage<Boolean> settled(UUID event, Duration max) {
        var wait = new Wait(event, max.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : max);
        if (waiting.size() >= WAITING_MAX) {
            return CompletableFuture.completedFuture(false);
        }
        waiting.add(wait);
        check();
        return wait.settled;
    }

    /** Looks soon whether somebody's wait is over. */
    void check() {
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            ticker.soon("waiting callers", this::look);
        }
    }

    private void look() {
        try (var connection = core.pools().read()) {
            for (var waits = waiting.iterator(); waits.hasNext(); ) {
                var wait = waits.next();
                var settled = isSettled(connection, wait);
                if (settled || System.nanoTime() - wait.untilNanos > 0) {
                    waits.remove();
                    wait.settled.complete(settled);
                }
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        } finally {
            looking.set(false);
            if (!waiting.isEmpty()) {
                ticker.after(LOOK_EVERY, "waiting callers", this::check);
            }
        }
    }

    private static boolean isSettled(Connection connection, Wait wait) throws SQLException {
        try (var select = connection.prepareStatement(SETTLED)) {
            select.setObject(1, wait.event);
            select.setObject(2, wait.event);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
