package dev.kith.core.http;

import dev.kith.api.Permission;
import dev.kith.core.access.Access;
import dev.kith.core.access.RateLimit;
import dev.kith.core.area.Area;
import dev.kith.core.call.ApiRoute;
import dev.kith.core.call.Refusals;
import dev.kith.core.call.lines.LinesRoute;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.events.Lags;
import dev.kith.core.http.exchange.House;
import dev.kith.core.http.exchange.HttpSettings;
import dev.kith.core.http.health.Ready;
import dev.kith.core.http.health.Wellness;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.route.Mounts;
import dev.kith.core.http.route.RouteMeter;
import dev.kith.core.http.route.RouteTable;
import dev.kith.core.http.route.Target;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** The HTTP server: what is mounted on it is served, from one moment to the next. */
public final class HttpFront implements AutoCloseable {

    /** Where the console asks people to sign in. */
    public static final String SIGN_IN = "/console/sign-in";

    /** Unknown keys that one address may try, per second; twice as many at once. */
    private static final int LOOK_UPS_PER_SECOND = 50;

    private final UnitOfWork work;
    private final Area core;
    private final PrometheusMeterRegistry metrics;
    private final Refusals refusals;
    private final House house;
    private final Mounts mounts;
    private final Listener listener;
    private final Wellness wellness;

    public HttpFront(
            HttpSettings settings,
            UnitOfWork work,
            Access access,
            Area core,
            PrometheusMeterRegistry metrics) {
        this(settings, work, access, core, metrics, System::nanoTime);
    }

    /** With another time for the rate limits, for tests. */
    HttpFront(
            HttpSettings settings,
            UnitOfWork work,
            Access access,
            Area core,
            PrometheusMeterRegistry metrics,
            LongSupplier nanos) {
        this.work = work;
        this.core = core;
        this.metrics = metrics;
        var texts = core.messages();
        this.refusals = new Refusals(Area.CORE, core.json().strict(), texts, texts);
        var table = new AtomicReference<>(new RouteTable(List.of()));
        this.house =
                new House(
                        settings,
                        access,
                        core,
                        refusals,
                        new RouteMeter(metrics, "any", "none"),
                        limit(settings.requestsPerSecond()),
                        limit(settings.publicRequestsPerSecond()),
                        limit(LOOK_UPS_PER_SECOND),
                        table,
                        new AtomicBoolean(),
                        new AtomicInteger(),
                        nanos);
        this.mounts = new Mounts(metrics, table, new Lags(core)::byPlugin);
        this.listener = new Listener(house, mounts);
        this.wellness = new Wellness(core, metrics, house.stopping());
        mounts.mountRaw("health", targets("health", wellness.routes()));
        var live = new RouteMeter(metrics, "GET", "/health/live");
        mounts.mountRaw(
                "health",
                List.of(Target.now("/health/live", core, refusals, live, wellness::live)));
    }

    /** Its own routes, as the API's documents are to tell of them. */
    public List<RawRoute> told() {
        return wellness.told();
    }

    private static RateLimit limit(int perSecond) {
        return new RateLimit(perSecond, 2 * perSecond);
    }

    /**
     * Begins to listen.
     *
     * @return the port
     */
    public int start() {
        return listener.start();
    }

    /** Serves an area's routes, instead of those it had before. */
    public void mount(Area area) {
        var parts = area.parts();
        var targets = new ArrayList<Target>();
        for (var spec : parts.routes()) {
            targets.add(target(area, parts.plugin(), spec));
        }
        mounts.mount(area, List.of(parts), targets);
    }

    private Target target(Area area, String plugin, RouteSpec spec) {
        var meter = new RouteMeter(metrics, spec.method(), spec.path());
        return spec.call() instanceof RouteSpec.Call.Lines lines
                ? Target.of(new LinesRoute(area, plugin, spec, lines, work, core.messages()), meter)
                : Target.of(new ApiRoute(area, plugin, spec, work, core.messages()), meter);
    }

    /** Serves more routes that belong to an area, until that area is unmounted. */
    public void mount(String areaId, Collection<RawRoute> routes) {
        mounts.mountRaw(areaId, targets(areaId, routes));
    }

    /** The same, instead of those it had before. */
    public void replace(String areaId, Collection<RawRoute> routes) {
        mounts.replaceRaw(areaId, targets(areaId, routes));
    }

    private List<Target> targets(String areaId, Collection<RawRoute> routes) {
        return routes.stream()
                .map(route -> {
                    var meter = new RouteMeter(metrics, route.method(), route.path());
                    return Target.of(route, areaId, refusals, meter);
                })
                .toList();
    }

    /** Stops serving an area's routes; requests that run come to their end. */
    public void unmount(String areaId) {
        mounts.unmount(areaId);
    }

    /** Every permission that a mounted route or page asks for. */
    public List<Permission> permissions() {
        return mounts.permissions();
    }

    /** The mounted areas with what they declared, and a number that counts up with each change. */
    public Map<Area, List<Parts>> areas() {
        return mounts.areas();
    }

    public long changes() {
        return mounts.changes();
    }

    /** Says on {@code /health/ready} what else has to be well. */
    public void ready(Ready ready) {
        wellness.ready(ready);
    }

    /** Lets running requests come to their end, within a bound, and answers 503 to new ones. */
    @Override
    public void close() {
        listener.close();
    }
}
