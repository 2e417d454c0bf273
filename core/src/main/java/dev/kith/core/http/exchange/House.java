package dev.kith.core.http.exchange;

import dev.kith.core.access.Access;
import dev.kith.core.access.RateLimit;
import dev.kith.core.area.Area;
import dev.kith.core.call.Refusals;
import dev.kith.core.http.route.RouteMeter;
import dev.kith.core.http.route.RouteTable;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What all event loops of the front share.
 *
 * @param core on whose threads callers are looked up
 * @param refusals of what happens before a route is found
 * @param elsewhere counts what met no route
 * @param nanos the time that rate limits go by
 */
public record House(
        HttpSettings settings,
        Access access,
        Area core,
        Refusals refusals,
        RouteMeter elsewhere,
        RateLimit perKey,
        RateLimit perAddress,
        RateLimit lookUps,
        AtomicReference<RouteTable> table,
        AtomicBoolean stopping,
        AtomicInteger underWay,
        LongSupplier nanos) {

    public RouteTable routes() {
        return Objects.requireNonNull(table.get());
    }
}
