package dev.kith.core.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.api.Crm;
import dev.kith.api.Page;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.area.Messages;
import dev.kith.core.database.Reading;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.input.MergePatch;
import dev.kith.core.registry.RouteSpec;
import java.util.function.Function;
import org.slf4j.MDC;

/** Calls one declared route, on the thread that it is given. */
public final class ApiRoute {

    private final Endpoint route;
    private final RouteSpec spec;

    public ApiRoute(Area area, String plugin, RouteSpec spec, UnitOfWork work, Messages coreTexts) {
        this.route = new Endpoint(area, plugin, spec, work, coreTexts);
        this.spec = spec;
    }

    public Area area() {
        return route.area;
    }

    public RouteSpec spec() {
        return spec;
    }

    public Refusals refusals() {
        return route.refusals;
    }

    /** The answer, also to what goes wrong: nothing is thrown but what is {@link Fatal}. */
    public Answer run(Asked asked) {
        MDC.put("requestId", asked.id().toString());
        try {
            return call(asked);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            var answer = route.refusals.answer(e, asked.id(), asked.locale());
            if (answer.status() >= 500) {
                route.area.usage().failed();
            }
            return answer;
        } finally {
            MDC.remove("requestId");
        }
    }

    private Answer call(Asked asked) {
        return switch (spec.call()) {
            case RouteSpec.Call.Get get -> read(asked, get.handler());
            case RouteSpec.Call.List list -> list(asked, list.handler());
            case RouteSpec.Call.Write write -> write(asked, write.handler());
            case RouteSpec.Call.Act act -> act(asked, act.handler());
            case RouteSpec.Call.Remove remove -> remove(asked, remove.handler());
            case RouteSpec.Call.Patch patch -> patch(asked, patch);
            case RouteSpec.Call.Lines lines -> throw new IllegalStateException("runs by lines");
        };
    }

    private Answer read(Asked asked, Crm.Get<?> handler) {
        var query = route.query(asked);
        var outcome =
                reading(
                        asked,
                        reading -> {
                            var request = new AskedRequest(asked, query, reading, spec.status());
                            return Outcome.of(request, handler.get(reading, request));
                        });
        return route.replies.read(outcome, asked.header().apply("if-none-match"));
    }

    private Answer list(Asked asked, Crm.Get<?> handler) {
        var query = route.query(asked);
        var outcome =
                reading(
                        asked,
                        reading -> {
                            var request = new AskedRequest(asked, query, reading, spec.status());
                            var page = (Page<?>) handler.get(reading, request);
                            var opaque = Replies.opaque(page, spec.path(), query.sort());
                            return Outcome.of(request, opaque);
                        });
        return route.replies.json(outcome);
    }

    private Outcome reading(Asked asked, Function<Reading, Outcome> work) {
        var cause = asked.principal().cause(asked.id());
        return spec.wantsSnapshot()
                ? route.work.snapshot(route.area, cause, work)
                : route.work.read(route.area, cause, work);
    }

    @SuppressWarnings("unchecked")
    private Answer write(Asked asked, Crm.Write<?, ?> handler) {
        var query = route.query(asked);
        if (spec.needsIfMatch()) {
            Versions.require(asked.header().apply("if-match"));
        }
        var input = route.input(asked.body(), asked.locale());
        var write = (Crm.Write<Object, Object>) handler;
        return new Change(route, asked, query)
                .run((tx, request) -> write.write(tx, request, input), null);
    }

    private Answer act(Asked asked, Crm.Act<?> handler) {
        var query = route.query(asked);
        route.refuseBody(asked);
        return new Change(route, asked, query).run(handler::act, null);
    }

    private Answer remove(Asked asked, Crm.Remove handler) {
        var query = route.query(asked);
        return new Change(route, asked, query)
                .run(
                        (tx, request) -> {
                            handler.remove(tx, request);
                            return Change.GONE;
                        },
                        null);
    }

    @SuppressWarnings("unchecked")
    private Answer patch(Asked asked, RouteSpec.Call.Patch patch) {
        var query = route.query(asked);
        var ifMatch = asked.header().apply("if-match");
        Versions.require(ifMatch);
        if (!(route.json.readTree(asked.body()) instanceof ObjectNode changes)) {
            throw StandardError.INVALID_INPUT.because("a merge patch is an object");
        }
        var in = spec.in().orElseThrow();
        var save = (Crm.Write<Object, Object>) patch.save();
        return new Change(route, asked, query)
                .run(
                        (tx, request) -> {
                            var current = patch.current().current(tx, request);
                            Versions.compare(ifMatch, current.version());
                            var before = route.area.json().strict().valueToTree(current.value());
                            var after = route.json.fromTree(MergePatch.apply(before, changes), in);
                            route.area.validation().check(after, asked.locale());
                            return save.write(tx, request, after);
                        },
                        changes);
    }
}
