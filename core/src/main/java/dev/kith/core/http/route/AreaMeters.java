package dev.kith.core.http.route;

import dev.kith.core.area.Area;
import dev.kith.core.area.Bulkhead;
import dev.kith.core.area.Outflow;
import dev.kith.core.area.Usage;
import dev.kith.core.connections.Pools;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How busy an area's threads and connections are. Forgotten with the area. */
final class AreaMeters {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    /**
     * @param lags how many events wait, by plugin
     */
    AreaMeters(MeterRegistry registry, Area area, Supplier<Map<String, Long>> lags) {
        this.registry = registry;
        plugin(area, lags);
        bulkhead(area.id(), "requests", area.requests());
        bulkhead(area.id(), "background", area.background());
        bulkhead(area.id(), "sends", area.sends());
        gauge("kith.pool.connections", area.id(), "use", "write", area.pools(), Pools::writing);
        gauge("kith.pool.connections", area.id(), "use", "read", area.pools(), Pools::reading);
        gauge("kith.pool.waiting", area.id(), "use", "any", area.pools(), Pools::waiting);
    }

    // One family of measures with the plugin as its label, core being one of them.
    private void plugin(Area area, Supplier<Map<String, Long>> lags) {
        var usage = area.usage();
        var id = area.id();
        total("kith.plugin.cpu.seconds", id, usage, u -> u.cpuNanos() / 1e9);
        total("kith.plugin.allocated.bytes", id, usage, Usage::allocatedBytes);
        total("kith.plugin.connection.seconds", id, usage, u -> u.connectionNanos() / 1e9);
        total("kith.plugin.errors", id, usage, Usage::errors);
        total("kith.plugin.publish.wait.seconds", id, area.outflow(), Outflow::waitedSeconds);
        level("kith.plugin.queue", id, area, Area::queued);
        level("kith.plugin.lag.events", id, area, a -> lags.get().getOrDefault(id, 0L));
    }

    private <T> void total(String name, String plugin, T of, ToDoubleFunction<T> reading) {
        meters.add(
                FunctionCounter.builder(name, of, reading)
                        .tag("plugin", plugin)
                        .register(registry));
    }

    private <T> void level(String name, String plugin, T of, ToDoubleFunction<T> reading) {
        meters.add(Gauge.builder(name, of, reading).tag("plugin", plugin).register(registry));
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
