package dev.kith.core.http.health;

import dev.kith.core.area.Area;
import dev.kith.core.call.Answer;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.raw.Told;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the node lives, whether it may be sent requests, and its figures. */
public final class Wellness {

    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final Told LIVE =
            Told.of("Says that the process answers.", JSON, "`status` is `up`.");
    private static final Told READY =
            Told.of(
                            "Says whether the node may be sent requests.",
                            JSON,
                            "`status` is `ready`, and so is each of its `parts`.")
                    .orUnwell("`status` is `notReady`; `parts` say what it waits for.");
    private static final Told METRICS =
            Told.of("Gives the node's figures.", PROMETHEUS, "Text for Prometheus.");

    private final Area core;
    private final PrometheusMeterRegistry metrics;
    private final AtomicBoolean stopping;
    private volatile Ready ready = Map::of;

    public Wellness(Area core, PrometheusMeterRegistry metrics, AtomicBoolean stopping) {
        this.core = core;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    public void ready(Ready other) {
        ready = other;
    }

    public List<RawRoute> routes() {
        return List.of(
                RawRoute.open("/health/ready", core.requests(), this::ready),
                RawRoute.open("/metrics", core.requests(), this::metrics));
    }

    /**
     * What the API's documents say of them. They are mounted without it: whoever watches a server may
     * ask with parameters of its own and is not to hear that something is wrong.
     */
    public List<RawRoute> told() {
        return List.of(
                described("/health/live", LIVE),
                described("/health/ready", READY),
                described("/metrics", METRICS));
    }

    private RawRoute described(String path, Told told) {
        return RawRoute.open(path, core.requests(), exchange -> {}).telling(told);
    }

    /** Says only that the process answers; asked even when there is no thread to spare. */
    public Answer live() {
        return Answer.text(200, JSON, "{\"status\":\"up\"}");
    }

    private void ready(RawExchange exchange) {
        var parts = new LinkedHashMap<>(ready.parts());
        if (stopping.get()) {
            parts.put("server", "is stopping");
        }
        var well = parts.values().stream().allMatch(String::isEmpty);
        parts.replaceAll((name, reason) -> reason.isEmpty() ? "ready" : reason);
        var body = Map.of("status", well ? "ready" : "notReady", "parts", parts);
        json(exchange, well ? 200 : 503, body);
    }

    private void json(RawExchange exchange, int status, Object body) {
        var text = core.json().write(body);
        exchange.reply(status, JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private void metrics(RawExchange exchange) {
        exchange.reply(200, PROMETHEUS, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
