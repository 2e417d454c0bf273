package dev.kith.core.http;

import dev.kith.api.StandardError;
import dev.kith.core.call.Answer;
import dev.kith.core.call.ApiRoute;
import dev.kith.core.http.exchange.BodyReader;
import dev.kith.core.http.exchange.Exchange;
import dev.kith.core.http.exchange.House;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.route.Segments;
import dev.kith.core.http.route.Target;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one event loop does with the requests that come to it. */
final class Door implements Handler<HttpServerRequest> {

    private final House house;
    private final Context context;
    private final Callers callers;
    private final Set<Exchange> underWay = new HashSet<>();

    Door(House house, Context context) {
        this.house = house;
        this.context = context;
        this.callers = new Callers(house);
    }

    /** Several times a second: cuts off what is late. */
    void look() {
        var now = System.nanoTime();
        for (var exchange : List.copyOf(underWay)) {
            exchange.look(now);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        var self = new Exchange[1];
        var exchange = new Exchange(request, context, house, () -> left(self[0]));
        self[0] = exchange;
        underWay.add(exchange);
        house.underWay().incrementAndGet();
        guarded(exchange, () -> begin(exchange));
    }

    private void left(Exchange exchange) {
        if (underWay.remove(exchange)) {
            exchange.lost();
            house.underWay().decrementAndGet();
        }
    }

    /** The event loop's share of "the one place": whatever is thrown becomes an answer, or the end. */
    private static void guarded(Exchange exchange, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            exchange.refuse(e);
        } catch (Error e) {
            exchange.cut();
            throw e;
        }
    }

    private void begin(Exchange exchange) {
        if (house.stopping().get()) {
            throw StandardError.OVERLOADED.because("the server is stopping");
        }
        var request = exchange.request;
        var routes = house.routes();
        var found = routes.find(Segments.of(request.path()));
        if (found == null) {
            throw StandardError.NOT_FOUND.because("there is nothing at this path");
        }
        if (request.method().equals(HttpMethod.OPTIONS)) {
            exchange.reply(Answer.empty(204).with(Map.of("Allow", found.allow())));
            return;
        }
        var method = request.method().equals(HttpMethod.HEAD) ? "GET" : request.method().name();
        var choice = found.methods().get(method);
        if (choice == null) {
            exchange.reply(
                    house.refusals()
                            .methodNotAllowed(exchange.id, exchange.locale(), found.allow()));
            return;
        }
        exchange.found(Bodies.choose(choice, request), found.values());
        if (house.routes() != routes) {
            // Its area may have been replaced before anybody knew that this is on the way there.
            exchange.lost();
            begin(exchange);
            return;
        }
        if (exchange.target().action() instanceof Target.Action.Now now) {
            exchange.reply(now.answer().get());
        } else if (exchange.target().gate() == RawRoute.Gate.PUBLIC) {
            admitted(exchange);
        } else {
            callers.find(exchange, () -> guarded(exchange, () -> known(exchange)));
        }
    }

    private void known(Exchange exchange) {
        if (exchange.principal() == null && exchange.target().gate() == RawRoute.Gate.CONSOLE) {
            exchange.reply(SignInFirst.answer(exchange.request));
            return;
        }
        Callers.admit(exchange);
        admitted(exchange);
    }

    private void admitted(Exchange exchange) {
        Rates.take(exchange);
        if (exchange.target().action() instanceof Target.Action.Lines lines) {
            Csrf.check(exchange, new byte[0]);
            new LineStream(exchange, lines.route()).begin();
        } else if (BodyReader.isThere(exchange.request)) {
            Bodies.checkType(exchange);
            BodyReader.read(exchange, body -> guarded(exchange, () -> complete(exchange, body)));
        } else {
            exchange.request.resume();
            complete(exchange, Bodies.NONE);
        }
    }

    private void complete(Exchange exchange, byte[] body) {
        Csrf.check(exchange, body);
        var target = exchange.target();
        Runnable work =
                switch (target.action()) {
                    case Target.Action.Api api -> () -> run(exchange, api, body);
                    case Target.Action.Raw raw ->
                            () -> new RawCall(exchange, body).run(raw.handler());
                    case Target.Action.Lines lines ->
                            throw new IllegalStateException("read by lines");
                    case Target.Action.Now now ->
                            throw new IllegalStateException("answered before");
                };
        exchange.working(
                target.bulkhead().submit(target.deadline(), () -> exchange.cutIfFatal(work)));
    }

    private static void run(Exchange exchange, Target.Action.Api api, byte[] body) {
        ApiRoute route = api.route();
        exchange.replyLater(route.run(exchange.asked(body)));
    }
}
