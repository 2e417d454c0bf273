package dev.kith.core.console;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.call.Codes;
import dev.kith.core.call.Principal;
import dev.kith.core.console.screen.MenuItem;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.failure.Traces;
import dev.kith.core.http.raw.RawExchange;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a room and answers a browser, whatever comes of it. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final UnitOfWork work;
    private final Area core;
    private final Shell shell;
    private final Menu menu;
    private final Supplier<Collection<Mounted>> areas;

    Answers(UnitOfWork work, Area core, Shell shell, Supplier<Collection<Mounted>> areas) {
        this.work = work;
        this.core = core;
        this.shell = shell;
        this.menu = new Menu(shell);
        this.areas = areas;
    }

    /** A whole page; one that fails says so inside the layout. */
    void page(RawExchange exchange, Room room) {
        var area = room.owner().area();
        var screen = shell.screen(exchange, area);
        var title = screen.text(room.titleKey());
        try {
            var html = render(exchange, room, allowed(exchange, room));
            page(exchange, 200, title, area.core() ? html : shell.headed(title, html));
        } catch (Problem refused) {
            var told = shell.problem(exchange, title(exchange, area, refused), refused.detail());
            page(exchange, Codes.status(refused.code().kind()), title, told);
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            log(exchange, room, broken);
            var detail = screen.text("console.broken.detail");
            var told = shell.problem(exchange, screen.text("console.broken"), detail);
            page(exchange, SqlFailure.transientFault(broken) ? 503 : 500, title, told);
        }
    }

    /** A panel or card; one that fails is an error card, one that is late so in the browser. */
    void part(RawExchange exchange, Room room) {
        var title = shell.screen(exchange, room.owner().area()).text(room.titleKey());
        try {
            var html = render(exchange, room, allowed(exchange, room));
            shell.answer(exchange, 200, shell.part(title, html));
        } catch (Throwable broken) {
            Fatal.rethrowOfMachine(broken);
            log(exchange, room, broken);
            shell.answer(exchange, 200, shell.broken(exchange, title));
        }
    }

    /** Any other address below the console. */
    void nowhere(RawExchange exchange) {
        var screen = shell.screen(exchange, core);
        var title = screen.text("console.notFound");
        var told = shell.problem(exchange, title, screen.text("console.notFound.detail"));
        page(exchange, 404, title, told);
    }

    private void page(RawExchange exchange, int status, String title, String content) {
        List<MenuItem> items = menu.items(exchange, exchange.caller(), areas.get());
        shell.page(exchange, status, title, items, content);
    }

    private static Principal allowed(RawExchange exchange, Room room) {
        var caller = exchange.caller();
        var needed = room.permission();
        if (needed != null && !caller.may(needed)) {
            throw StandardError.FORBIDDEN.because("needs the permission " + needed.name());
        }
        return caller;
    }

    // The template is rendered when the connection is back in its pool.
    private String render(RawExchange exchange, Room room, Principal caller) {
        var area = room.owner().area();
        var view =
                work.read(
                        area,
                        caller.cause(exchange.requestId()),
                        reading -> room.ask().view(new PageRequest(exchange, caller, reading)));
        var screen = shell.screen(exchange, area);
        return room.owner().templates().render(room.handler(), view, screen);
    }

    private String title(RawExchange exchange, Area area, Problem problem) {
        var texts = problem.code() instanceof StandardError ? core.messages() : area.messages();
        return Codes.title(texts, exchange.locale(), Codes.of(problem.code(), area.id()));
    }

    private static void log(RawExchange exchange, Room room, Throwable broken) {
        if (!(broken instanceof Problem)) {
            LOG.error(
                    "{} of {} failed, request {}: {}",
                    room.name(),
                    room.owner().area().id(),
                    exchange.requestId(),
                    Traces.of(broken));
        }
    }
}
