package dev.kith.core.http.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times the answers of one route; by template, so no id or name gets in. */
public final class RouteMeter {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final String method;
    private final String template;
    private final Map<Integer, Timer> byStatus = new ConcurrentHashMap<>();

    public RouteMeter(MeterRegistry registry, String method, String template) {
        this.registry = registry;
        this.method = method;
        this.template = template;
    }

    public void answered(int status, long nanos) {
        var timer = byStatus.get(status);
        if (timer == null) {
            timer = byStatus.computeIfAbsent(status, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(int status) {
        return Timer.builder("kith.http.requests")
                .description("Requests by route and status")
                .tag("method", method)
                .tag("route", template)
                .tag("status", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void forget() {
        byStatus.values().forEach(registry::remove);
        byStatus.clear();
    }
}
