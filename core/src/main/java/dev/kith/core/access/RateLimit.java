package dev.kith.core.access;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens per caller. Each is one number, the time at which it will be full again, so
 * taking a token is one compare-and-set (the generic cell rate algorithm).
 */
public final class RateLimit {

    /** The most callers that are told apart; beyond it the full buckets are dropped. */
    static final int CALLERS_MAX = 100_000;

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final long intervalNanos;
    private final long burstNanos;
    private final Map<String, AtomicLong> fullAt = new ConcurrentHashMap<>();

    /**
     * @param burst how many at once, after a rest
     */
    public RateLimit(int perSecond, int burst) {
        intervalNanos = NANOS / perSecond;
        burstNanos = intervalNanos * Math.max(1, burst);
    }

    /**
     * Takes a token.
     *
     * @return how long to wait in nanoseconds if there is none, or 0
     */
    public long take(String caller, long nowNanos) {
        var bucket = fullAt.get(caller);
        if (bucket == null) {
            bucket = bucket(caller, nowNanos);
        }
        while (true) {
            var full = bucket.get();
            var next = Math.max(full - nowNanos, 0) + intervalNanos;
            if (next > burstNanos) {
                return next - burstNanos;
            }
            if (bucket.compareAndSet(full, nowNanos + next)) {
                return 0;
            }
        }
    }

    private AtomicLong bucket(String caller, long nowNanos) {
        if (fullAt.size() >= CALLERS_MAX) {
            fullAt.values().removeIf(full -> full.get() - nowNanos <= 0);
            if (fullAt.size() >= CALLERS_MAX) {
                fullAt.clear();
            }
        }
        return fullAt.computeIfAbsent(caller, name -> new AtomicLong(nowNanos));
    }
}
