package dev.kith.core.http;

import dev.kith.core.area.Area;
import dev.kith.core.area.Bulkhead;
import dev.kith.core.database.Pools;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How busy an area's threads and connections are. Forgotten with the area. */
final class AreaMeters {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    AreaMeters(MeterRegistry registry, Area area) {
        this.registry = registry;
        bulkhead(area.id(), "requests", area.requests());
        bulkhead(area.id(), "background", area.background());
        bulkhead(area.id(), "sends", area.sends());
        gauge("kith.pool.connections", area.id(), "use", "write", area.pools(), Pools::writing);
        gauge("kith.pool.connections", area.id(), "use", "read", area.pools(), Pools::reading);
        gauge("kith.pool.waiting", area.id(), "use", "any", area.pools(), Pools::waiting);
    }

    private void bulkhead(String area, String use, Bulkhead bulkhead) {
        gauge("kith.bulkhead.running", area, "use", use, bulkhead, Bulkhead::running);
        gauge("kith.bulkhead.waiting", area, "use", use, bulkhead, Bulkhead::waiting);
        gauge("kith.bulkhead.lost", area, "use", use, bulkhead, Bulkhead::lost);
    }

    private <T> void gauge(
            String name, String area, String tag, String value, T of, ToDoubleFunction<T> reading) {
        meters.add(
                Gauge.builder(name, of, reading)
                        .tag("area", area)
                        .tag(tag, value)
                        .register(registry));
    }

    void forget() {
        meters.forEach(registry::remove);
    }
}
