package dev.kith.core.console;

import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.api.View;
import dev.kith.core.access.Principal;
import dev.kith.core.area.Area;
import dev.kith.core.call.Codes;
import dev.kith.core.database.Reading;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.http.RawExchange;
import dev.kith.core.http.RawRoute;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.PanelSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of one area's pages, panels and cards, each on that area's own threads. */
final class PageRoutes {

    /** How long a panel or card may take before an error card stands in its place. */
    static final Duration PART_WITHIN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(PageRoutes.class);

    private final UnitOfWork work;
    private final Area core;
    private final Shell shell;
    private final Menu menu;
    private final Supplier<Collection<Mounted>> areas;

    PageRoutes(UnitOfWork work, Area core, Shell shell, Supplier<Collection<Mounted>> areas) {
        this.work = work;
        this.core = core;
        this.shell = shell;
        this.menu = new Menu(shell);
        this.areas = areas;
    }

    List<RawRoute> of(Mounted mounted) {
        var threads = mounted.area().requests();
        var routes = new ArrayList<RawRoute>();
        for (var page : mounted.pages(PageSpec.Kind.PAGE)) {
            var path = mounted.path(page);
            routes.add(RawRoute.console("GET", path, threads, at -> page(at, mounted, page)));
            if (page.path().equals("/")) {
                var typed = path + "/";
                routes.add(RawRoute.console("GET", typed, threads, at -> page(at, mounted, page)));
            }
        }
        for (var page : mounted.pages(PageSpec.Kind.PUBLIC)) {
            routes.add(
                    RawRoute.of(
                            "GET",
                            mounted.path(page),
                            RawRoute.Gate.PUBLIC,
                            threads,
                            at -> open(at, mounted, page)));
        }
        var cards = mounted.pages(PageSpec.Kind.CARD);
        for (var i = 0; i < cards.size(); i++) {
            var card = cards.get(i);
            routes.add(
                    RawRoute.console(
                                    "GET", mounted.cardPath(i), threads, at -> card(at, mounted, card))
                            .within(PART_WITHIN));
        }
        for (var i = 0; i < mounted.panels().size(); i++) {
            var panel = mounted.panels().get(i);
            routes.add(
                    RawRoute.console(
                                    "GET",
                                    mounted.panelPath(i),
                                    threads,
                                    at -> panel(at, mounted, panel))
                            .within(PART_WITHIN));
        }
        return routes;
    }

    private void page(RawExchange exchange, Mounted mounted, PageSpec page) {
        var area = mounted.area();
        var title = shell.screen(exchange, area).text(page.titleKey());
        var items = menu.items(exchange, exchange.caller(), areas.get());
        try {
            var caller = allowed(exchange, page.permission());
            var html =
                    render(
                            exchange,
                            mounted,
                            caller,
                            page.handler(),
                            reading -> page.handler().view(reading, request(exchange, mounted, reading)));
            shell.page(
                    exchange, 200, title, items, area.core() ? html : shell.headed(title, html));
        } catch (Problem refused) {
            var told = shell.problem(exchange, told(exchange, area, refused), refused.detail());
            shell.page(exchange, Codes.status(refused.code().kind()), title, items, told);
        } catch (RuntimeException | LinkageError broken) {
            log(exchange, area, "page " + page.path(), broken);
            var screen = shell.screen(exchange, area);
            var told =
                    shell.problem(
                            exchange,
                            screen.text("console.broken"),
                            screen.text("console.broken.detail"));
            shell.page(exchange, 500, title, items, told);
        }
    }

    /** A public page has no caller; a problem is answered by the front, as on any public route. */
    private void open(RawExchange exchange, Mounted mounted, PageSpec page) {
        var area = mounted.area();
        var html =
                render(
                        exchange,
                        mounted,
                        Principal.anonymous(area.id()),
                        page.handler(),
                        reading -> page.handler().view(reading, request(exchange, mounted, reading)));
        shell.bare(exchange, 200, shell.screen(exchange, area).text(page.titleKey()), html);
    }

    private void card(RawExchange exchange, Mounted mounted, PageSpec card) {
        part(
                exchange,
                mounted,
                card.permission(),
                card.titleKey(),
                card.handler(),
                reading -> card.handler().view(reading, request(exchange, mounted, reading)));
    }

    private void panel(RawExchange exchange, Mounted mounted, PanelSpec panel) {
        part(
                exchange,
                mounted,
                panel.permission(),
                panel.titleKey(),
                panel.handler(),
                reading -> panel.handler().view(reading, customer(exchange)));
    }

    private static CustomerId customer(RawExchange exchange) {
        try {
            return CustomerId.of(exchange.path("customer"));
        } catch (IllegalArgumentException e) {
            throw StandardError.NOT_FOUND.because("not a customer's id");
        }
    }

    /** One that fails becomes an error card; one that is late does so in the browser. */
    private void part(
            RawExchange exchange,
            Mounted mounted,
            @Nullable Permission permission,
            String titleKey,
            Object handler,
            Function<Reading, View> view) {
        var title = shell.screen(exchange, mounted.area()).text(titleKey);
        try {
            var caller = allowed(exchange, permission);
            var html = render(exchange, mounted, caller, handler, view);
            shell.answer(exchange, 200, shell.part(title, html));
        } catch (RuntimeException | LinkageError broken) {
            log(exchange, mounted.area(), titleKey, broken);
            shell.answer(exchange, 200, shell.broken(exchange, title));
        }
    }

    private String render(
            RawExchange exchange,
            Mounted mounted,
            Principal caller,
            Object handler,
            Function<Reading, View> view) {
        var area = mounted.area();
        var made = work.read(area, caller.cause(exchange.requestId()), view);
        return mounted.templates().render(handler, made, shell.screen(exchange, area));
    }

    private static PageRequest request(RawExchange exchange, Mounted mounted, Reading reading) {
        var caller = exchange.principal().orElse(Principal.anonymous(mounted.area().id()));
        return new PageRequest(exchange, caller, reading);
    }

    private static Principal allowed(RawExchange exchange, @Nullable Permission permission) {
        var caller = exchange.caller();
        if (permission != null && !caller.may(permission)) {
            throw StandardError.FORBIDDEN.because("needs the permission " + permission.name());
        }
        return caller;
    }

    private String told(RawExchange exchange, Area area, Problem problem) {
        var texts = problem.code() instanceof StandardError ? core.messages() : area.messages();
        return Codes.title(texts, exchange.locale(), Codes.of(problem.code(), area.id()));
    }

    private static void log(RawExchange exchange, Area area, String what, Throwable broken) {
        if (!(broken instanceof Problem)) {
            LOG.error("{} of {} failed, request {}", what, area.id(), exchange.requestId(), broken);
        }
    }
}
