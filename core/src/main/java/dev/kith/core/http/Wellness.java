package dev.kith.core.http;

import dev.kith.core.area.Area;
import dev.kith.core.call.Answer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the node lives, whether it may be sent requests, and its figures. */
final class Wellness {

    private static final String JSON = "application/json";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Area core;
    private final PrometheusMeterRegistry metrics;
    private final AtomicBoolean stopping;
    private volatile Ready ready = Map::of;

    Wellness(Area core, PrometheusMeterRegistry metrics, AtomicBoolean stopping) {
        this.core = core;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    void ready(Ready other) {
        ready = other;
    }

    List<RawRoute> routes() {
        return List.of(
                RawRoute.open("/health/ready", core.requests(), this::ready),
                RawRoute.open("/metrics", core.requests(), this::metrics));
    }

    /** Says only that the process answers; asked even when there is no thread to spare. */
    Answer live() {
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
