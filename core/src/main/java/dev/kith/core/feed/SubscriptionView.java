package dev.kith.core.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a subscription is.
 *
 * @param lag how many events it has yet to pass; counted up to 10,000, and 10,001 means more
 * @param retrying events that failed and will be tried again
 * @param waiting events behind one of the same customer that was set aside
 * @param parked events that only the operator can move on
 * @param pausedUntil null while paused: until resumed
 */
public record SubscriptionView(
        String name,
        String plugin,
        String topic,
        State state,
        long lag,
        long retrying,
        long waiting,
        long parked,
        @Nullable String pausedReason,
        @Nullable Instant pausedUntil) {

    public enum State {
        RUNNING,
        PAUSED,
        /** Its plugin is off; the cursors stay where they are. */
        OFF
    }
}
