package dev.kith.core.console;

import dev.kith.api.Form;
import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.api.View;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.call.Codes;
import dev.kith.core.call.Principal;
import dev.kith.core.call.form.FormFields;
import dev.kith.core.call.form.FormOnce;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.failure.Traces;
import dev.kith.core.http.raw.RawExchange;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pages and forms for people without an account: no menu, no cookie, no script. */
final class VisitorPages {

    private static final Logger LOG = LoggerFactory.getLogger(VisitorPages.class);

    private final UnitOfWork work;
    private final Area core;
    private final Shell shell;

    VisitorPages(UnitOfWork work, Area core, Shell shell) {
        this.work = work;
        this.core = core;
        this.shell = shell;
    }

    @FunctionalInterface
    private interface Answering {
        void answer();
    }

    /** A page; a problem is told on a page too. */
    void page(RawExchange exchange, VisitorRoom room) {
        guarded(
                exchange,
                room,
                () -> shell.visitor(exchange, room, 200, render(exchange, room, null)));
    }

    /** An empty form. */
    void form(RawExchange exchange, VisitorRoom room) {
        guarded(exchange, room, () -> show(exchange, room, 200, Form.EMPTY, ""));
    }

    /** A form that was filled in: goes on to the next page, or shows it again with its problems. */
    void send(RawExchange exchange, VisitorRoom room) {
        guarded(
                exchange,
                room,
                () -> {
                    var form = Form.EMPTY;
                    try {
                        var fields = FormFields.of(exchange.asked());
                        form = fields.again(List.of());
                        var next = room.submission().take(exchange.asked(), fields);
                        if (fields.oneClick()) {
                            // RFC 8058: mail programs follow no redirect.
                            exchange.reply(200, "text/plain; charset=utf-8", new byte[0]);
                        } else {
                            exchange.redirect(shell.inSameLanguage(exchange, next));
                        }
                    } catch (Problem refused) {
                        again(exchange, room, form, refused);
                    }
                });
    }

    private void again(RawExchange exchange, VisitorRoom room, Form form, Problem refused) {
        var places =
                refused.places().stream()
                        .map(place -> told(exchange, room.owner().area(), place))
                        .toList();
        var told = new Form(form.values(), places);
        show(
                exchange,
                room,
                Codes.status(refused.code().kind()),
                told,
                title(exchange, room, refused));
    }

    private void show(
            RawExchange exchange, VisitorRoom room, int status, Form form, String refusal) {
        var content = render(exchange, room, form);
        var parameters = new HashMap<String, Object>();
        parameters.put("screen", shell.screen(exchange, core));
        parameters.put("once", FormOnce.next());
        parameters.put("refusal", refusal);
        parameters.put("general", room.general(form));
        shell.visitor(exchange, room, status, shell.form(parameters, content));
    }

    // The template is rendered when the connection is back in its pool.
    private String render(RawExchange exchange, VisitorRoom room, @Nullable Form form) {
        var area = room.owner().area();
        var caller = Principal.anonymous(area.id());
        var view =
                work.read(
                        area,
                        caller.cause(exchange.requestId()),
                        reading ->
                                room.handler()
                                        .view(reading, new PageRequest(exchange, caller, reading)));
        var screen = shell.screen(exchange, area);
        return room.owner()
                .templates()
                .render(room.handler(), form == null ? view : with(view, form), screen);
    }

    private static View with(View view, Form form) {
        var parameters = new HashMap<>(view.parameters());
        parameters.put("form", form);
        return new View(view.template(), parameters);
    }

    private void guarded(RawExchange exchange, VisitorRoom room, Answering answering) {
        try {
            answering.answer();
        } catch (Problem refused) {
            var told = shell.visitorProblem(exchange, title(exchange, room, refused));
            shell.visitor(exchange, room, Codes.status(refused.code().kind()), told);
        } catch (Throwable broken) {
            Fatal.rethrow(broken);
            LOG.error(
                    "page {} failed, request {}: {}",
                    room.path(),
                    exchange.requestId(),
                    Traces.of(broken));
            var title = shell.screen(exchange, core).text("console.broken.detail");
            var status = SqlFailure.transientFault(broken) ? 503 : 500;
            shell.visitor(exchange, room, status, shell.visitorProblem(exchange, title));
        }
    }

    private String title(RawExchange exchange, VisitorRoom room, Problem problem) {
        if (problem.code() instanceof StandardError standard) {
            var key =
                    standard == StandardError.INVALID_INPUT
                            ? "visitor.look"
                            : "problem." + Codes.lowerCamel(standard.name());
            return core.messages().text(exchange.locale(), key);
        }
        var area = room.owner().area();
        return Codes.title(area.messages(), exchange.locale(), Codes.of(problem.code(), area.id()));
    }

    /** In the reader's language where there is a text for the code; constraints have one of their own. */
    private Problem.Place told(RawExchange exchange, Area area, Problem.Place place) {
        var key = "place." + place.code();
        var text =
                area.messages()
                        .find(exchange.locale(), key)
                        .or(() -> core.messages().find(exchange.locale(), key));
        return new Problem.Place(place.pointer(), place.code(), text.orElse(place.message()));
    }
}
