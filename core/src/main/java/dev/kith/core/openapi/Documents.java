package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.StandardError;
import dev.kith.api.View;
import dev.kith.core.area.Area;
import dev.kith.core.console.Console;
import dev.kith.core.http.HttpFront;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Serves the documents; each is made when it is asked for, and again after a change. */
public final class Documents {

    private final HttpFront front;
    private final Area core;
    private final Console console;
    private final ProblemPages problems;
    private final List<RawRoute> raw;
    private @Nullable Made openApi;
    private @Nullable Made asyncApi;

    private record Made(long change, JsonNode document) {}

    /**
     * @param raw routes besides those that areas declare
     */
    public Documents(HttpFront front, Area core, Console console, List<RawRoute> raw) {
        this.raw = Stream.concat(raw.stream(), front.told().stream()).toList();
        this.front = front;
        this.core = core;
        this.console = console;
        this.problems = new ProblemPages(front, core);
    }

    public List<RawRoute> routes() {
        var threads = core.requests();
        return List.of(
                RawRoute.open("/openapi.json", threads, e -> json(e, openApi())),
                RawRoute.open("/asyncapi.json", threads, e -> json(e, asyncApi())),
                RawRoute.open("/docs", threads, this::docs),
                RawRoute.open("/docs/{area}", threads, this::chapter),
                RawRoute.open("/problems/{code}", threads, problems::show));
    }

    private synchronized JsonNode openApi() {
        var mapper = core.json().strict();
        openApi = fresh(openApi, () -> new OpenApi(mapper).of(front.areas(), core, raw));
        return openApi.document();
    }

    private synchronized JsonNode asyncApi() {
        asyncApi = fresh(asyncApi, () -> AsyncApi.of(front.areas(), core.json().strict()));
        return asyncApi.document();
    }

    private Made fresh(@Nullable Made before, Supplier<JsonNode> make) {
        var change = front.changes();
        return before != null && before.change() == change ? before : new Made(change, make.get());
    }

    private static void json(RawExchange exchange, JsonNode document) {
        var text = document.toString().getBytes(StandardCharsets.UTF_8);
        exchange.reply(200, "application/json", text);
    }

    /** Every route in one line, or those in which what was typed occurs. */
    private void docs(RawExchange exchange) {
        var wanted = exchange.query("q").orElse("");
        var chapters = Reference.of(openApi(), wanted);
        var parameters = Map.<String, Object>of("chapters", chapters, "wanted", wanted);
        var view = new View("docs/index.jte", with(exchange, parameters));
        console.open(exchange, 200, "docs.title", view);
    }

    private void chapter(RawExchange exchange) {
        var name = exchange.path("area");
        var chapter =
                Reference.of(openApi(), "").stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> StandardError.NOT_FOUND.because("no such area"));
        var view = new View("docs/chapter.jte", with(exchange, Map.of("chapter", chapter)));
        console.open(exchange, 200, "docs.title", view);
    }

    private Map<String, Object> with(RawExchange exchange, Map<String, Object> parameters) {
        var all = new HashMap<>(parameters);
        all.put("abouts", abouts(exchange));
        return all;
    }

    /** What each chapter is about, in the reader's language. */
    private Map<String, String> abouts(RawExchange exchange) {
        var abouts = new TreeMap<String, String>();
        front.areas()
                .forEach((area, parts) ->
                        parts.stream()
                                .flatMap(part -> part.routes().stream())
                                .map(route -> OpenApi.tag(route.path()))
                                .distinct()
                                .forEach(tag ->
                                        abouts.put(tag, Words.area(area, tag, exchange.locale()))));
        for (var route : raw) {
            var tag = OpenApi.tag(route.path());
            abouts.put(tag, Words.area(core, tag, exchange.locale()));
        }
        return abouts;
    }
}
