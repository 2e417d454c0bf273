package dev.kith.core.events;

import dev.kith.core.area.Area;
import dev.kith.core.area.Ticker;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Callers that wait until every subscription of a topic that runs has passed their event. */
public final class Waits {

    /** The longest anybody may wait. */
    public static final Duration WAIT_MAX = Duration.ofSeconds(10);

    /** The most that may wait at the same time; more are answered at once as not settled. */
    public static final int WAITING_MAX = 1_000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    // One statement for all who wait. What is off, paused or resting holds up nobody.
    private static final String UNSETTLED =
            "select distinct e.id from kith.event e"
                    + " join kith.subscription s on s.topic = e.topic"
                    + " join kith.cursor c on c.subscription = s.name and c.shard = e.shard"
                    + " where e.id = any (?) and s.name = any (?)"
                    + " and (s.paused_reason is null or s.paused_until <= ?)"
                    + " and (c.position < e.position or exists (select from kith.set_aside a"
                    + " where a.subscription = s.name and a.position = e.position))";

    private final Area core;
    private final Clock clock;
    private final Ticker ticker;
    private volatile Set<String> running = Set.of();
    private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean ended;

    private static final class Wait {
        final UUID event;
        final long untilNanos;
        final CompletableFuture<Boolean> settled = new CompletableFuture<>();

        Wait(UUID event, Duration max) {
            this.event = event;
            this.untilNanos = System.nanoTime() + max.toNanos();
        }
    }

    public Waits(Area core, Clock clock, Ticker ticker) {
        this.core = core;
        this.clock = clock;
        this.ticker = ticker;
    }

    /**
     * Whom anybody waits for.
     *
     * @param subscriptions those that run on this node, as they come and go
     */
    void waitFor(Set<String> subscriptions) {
        running = subscriptions;
    }

    /** Completes with true when all have passed the event, with false after {@code max}. */
    public CompletionStage<Boolean> settled(UUID event, Duration max) {
        var wait = new Wait(event, max.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : max);
        if (ended || waiting.size() >= WAITING_MAX) {
            return CompletableFuture.completedFuture(false);
        }
        waiting.add(wait);
        check();
        if (ended) {
            end(wait, false);
        }
        return wait.settled;
    }

    /** Looks soon whether somebody's wait is over. */
    void check() {
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            ticker.soon("waiting callers", this::look);
        }
    }

    private void look() {
        var asked = Set.copyOf(waiting);
        try {
            var unsettled = unsettled(asked);
            asked.stream()
                    .filter(wait -> !unsettled.contains(wait.event))
                    .forEach(wait -> end(wait, true));
        } finally {
            // Also when the database does not say: whoever waits was promised an answer by then.
            var now = System.nanoTime();
            asked.stream()
                    .filter(wait -> now - wait.untilNanos > 0)
                    .forEach(wait -> end(wait, false));
            looking.set(false);
            if (!waiting.isEmpty()) {
                ticker.after(LOOK_EVERY, "waiting callers", this::check);
            }
        }
    }

    private void end(Wait wait, boolean settled) {
        if (waiting.remove(wait)) {
            wait.settled.complete(settled);
        }
    }

    /** Nobody looks any more: all who wait are told so. */
    public void end() {
        ended = true;
        Set.copyOf(waiting).forEach(wait -> end(wait, false));
    }

    private Set<UUID> unsettled(Set<Wait> asked) {
        var events = asked.stream().map(wait -> wait.event).distinct().toArray();
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(UNSETTLED)) {
            select.setArray(1, connection.createArrayOf("uuid", events));
            select.setArray(2, connection.createArrayOf("text", running.toArray()));
            select.setTimestamp(3, Timestamp.from(clock.instant()));
            Set<UUID> found = new HashSet<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getObject(1, UUID.class));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
