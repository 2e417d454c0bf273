package dev.kith.core.http.route;

import dev.kith.api.Permission;
import dev.kith.core.area.Area;
import dev.kith.core.area.Bulkhead;
import dev.kith.core.call.Answer;
import dev.kith.core.call.ApiRoute;
import dev.kith.core.call.Refusals;
import dev.kith.core.call.lines.LinesRoute;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.registry.RouteSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something mounted: under which conditions it is reached, and what it does.
 *
 * @param variables the names of the path's variables, in order
 * @param area whose it is
 */
public record Target(
        String method,
        String template,
        List<String> variables,
        String area,
        RawRoute.Gate gate,
        @Nullable Permission permission,
        Bulkhead bulkhead,
        Duration deadline,
        int bodyMax,
        Duration bodyWithin,
        Refusals refusals,
        RouteMeter meter,
        Action action) {

    public sealed interface Action {
        record Api(ApiRoute route) implements Action {}

        record Lines(LinesRoute route) implements Action {}

        record Raw(RawRoute.Handler handler) implements Action {}

        /** Answered by the event loop itself; must not block. */
        record Now(Supplier<Answer> answer) implements Action {}
    }

    public static Target of(ApiRoute route, RouteMeter meter) {
        return of(
                route.spec(),
                route.area().id(),
                route.area().requests(),
                route.refusals(),
                meter,
                new Action.Api(route));
    }

    public static Target of(LinesRoute route, RouteMeter meter) {
        return of(
                route.spec(),
                route.area().id(),
                route.area().requests(),
                route.refusals(),
                meter,
                new Action.Lines(route));
    }

    private static Target of(
            RouteSpec spec,
            String area,
            Bulkhead bulkhead,
            Refusals refusals,
            RouteMeter meter,
            Action action) {
        return new Target(
                spec.method(),
                spec.path(),
                Segments.variables(spec.path()),
                area,
                spec.permission().isPresent() ? RawRoute.Gate.API : RawRoute.Gate.PUBLIC,
                spec.permission().orElse(null),
                bulkhead,
                spec.deadline(),
                spec.bodyMax(),
                spec.bodyWithin(),
                refusals,
                meter,
                action);
    }

    public static Target of(RawRoute route, String area, Refusals refusals, RouteMeter meter) {
        return new Target(
                route.method(),
                route.path(),
                Segments.variables(route.path()),
                area,
                route.gate(),
                route.permission(),
                route.bulkhead(),
                route.deadline(),
                route.bodyMax(),
                RouteSpec.BODY_WITHIN_DEFAULT,
                refusals,
                meter,
                new Action.Raw(
                        route.told() == null
                                ? route.handler()
                                : route.told().checking(route.handler())));
    }

    public static Target now(
            String path, Area core, Refusals refusals, RouteMeter meter, Supplier<Answer> answer) {
        var never = RawRoute.open(path, core.requests(), exchange -> {});
        var target = of(never, core.id(), refusals, meter);
        return target.doing(new Action.Now(answer));
    }

    private Target doing(Action other) {
        return new Target(
                method,
                template,
                variables,
                area,
                gate,
                permission,
                bulkhead,
                deadline,
                bodyMax,
                bodyWithin,
                refusals,
                meter,
                other);
    }

    boolean isAtPlaceOf(Target other) {
        return method.equals(other.method) && template.equals(other.template);
    }

    /** Whether a body, if there is one, must be JSON. */
    public boolean takesJson() {
        return action instanceof Action.Api;
    }
}
