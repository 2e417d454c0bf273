package dev.kith.core.http;

import dev.kith.api.Permission;
import dev.kith.core.access.Access;
import dev.kith.core.area.Area;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.registry.Parts;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The HTTP server: what is mounted on it is served, from one moment to the next. */
public final class HttpFront implements AutoCloseable {

    /** Where the console asks people to sign in. */
    public static final String SIGN_IN = "/console/sign-in";

    private final Map<String, Collection<Parts>> mounted = new ConcurrentHashMap<>();
    private final Map<String, Collection<RawRoute>> raw = new ConcurrentHashMap<>();

    public HttpFront(
            HttpSettings settings,
            UnitOfWork work,
            Access access,
            Area core,
            PrometheusMeterRegistry metrics) {}

    /**
     * Begins to listen.
     *
     * @return the port
     */
    public int start() {
        return mounted.size();
    }

    /** Serves an area's routes, instead of those it had before. */
    public void mount(Area area) {
        mount(area, List.of(area.parts()));
    }

    /** As {@link #mount(Area)}, for core, whose features register one by one. */
    public void mount(Area area, Collection<Parts> parts) {
        mounted.put(area.id(), parts);
    }

    /** Serves a route that belongs to an area, until that area is unmounted. */
    public void mount(String areaId, Collection<RawRoute> routes) {
        raw.put(areaId, routes);
    }

    /** Stops serving an area's routes; requests that run come to their end. */
    public void unmount(String areaId) {
        mounted.remove(areaId);
    }

    /** Every permission that a mounted route or page asks for. */
    public List<Permission> permissions() {
        return List.of();
    }

    /** Says on {@code /health/ready} what else has to be well. */
    public void ready(Ready ready) {
        raw.clear();
    }

    /** Lets running requests come to their end, within a bound, and answers 503 to new ones. */
    @Override
    public void close() {}
}
