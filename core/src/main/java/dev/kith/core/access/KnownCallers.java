package dev.kith.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who was looked up within the last seconds, found or not. */
final class KnownCallers {

    /** For how long a revoked key may still work on another node. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    static final int KNOWN_MAX = 10_000;

    private final Map<Credential, Finding> known = new ConcurrentHashMap<>();

    private record Finding(Access.Known known, @Nullable Instant expiresAt, long atNanos) {
        boolean tooOld() {
            return System.nanoTime() - atNanos > KNOWN_FOR.toNanos();
        }

        boolean hasExpired(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }
    }

    /** Null if it must be looked up. */
    Access.@Nullable Known find(Credential credential, Instant now) {
        var finding = known.get(credential);
        return finding == null || finding.tooOld() || finding.hasExpired(now)
                ? null
                : finding.known();
    }

    /**
     * @param expiresAt of what was found; null is never
     */
    void put(Credential credential, Access.Known found, @Nullable Instant expiresAt) {
        if (known.size() >= KNOWN_MAX) {
            known.values().removeIf(Finding::tooOld);
            if (known.size() >= KNOWN_MAX) {
                known.clear();
            }
        }
        known.put(credential, new Finding(found, expiresAt, System.nanoTime()));
    }

    void forget() {
        known.clear();
    }
}
