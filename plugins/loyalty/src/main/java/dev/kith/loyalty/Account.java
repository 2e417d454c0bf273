package dev.kith.loyalty;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kith.api.CustomerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer's points.
 *
 * @param balance the sum of all entries
 * @param held set aside to be spent
 * @param available what can be spent now: {@code balance - held}
 * @param pending earned but not to be spent yet; nothing is, so far
 * @param earnedInYear with purchases, less refunds, in the year until today; decides the tier
 * @param debt taken back when it was spent already, to be paid with what is earned next
 * @param expiring what expires if it is not spent before, the soonest first
 */
record Account(
        CustomerId customerId,
        long balance,
        long held,
        long available,
        long pending,
        long lifetimeEarned,
        long earnedInYear,
        long debt,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String tier,
        List<Expiring> expiring) {

    record Expiring(long points, Instant expiresAt) {}

    Account {
        expiring = List.copyOf(expiring);
    }
}
