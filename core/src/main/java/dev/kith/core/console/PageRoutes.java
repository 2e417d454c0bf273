package dev.kith.core.console;

import dev.kith.core.call.form.Submission;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.registry.PageSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The routes of one area's pages, panels and cards, each on that area's own threads. */
final class PageRoutes {

    /** How long a panel or card may take before an error card stands in its place. */
    static final Duration PART_WITHIN = Duration.ofSeconds(2);

    /** The largest form that somebody without an account may send. */
    static final int FORM_BYTES_MAX = 64 * 1024;

    private final Answers answers;
    private final VisitorPages visitors;
    private final UnitOfWork work;

    PageRoutes(Answers answers, VisitorPages visitors, UnitOfWork work) {
        this.answers = answers;
        this.visitors = visitors;
        this.work = work;
    }

    List<RawRoute> of(Mounted mounted) {
        var routes = new ArrayList<RawRoute>();
        for (var page : mounted.pages(PageSpec.Kind.PAGE)) {
            var room = Room.of(mounted, page);
            var path = mounted.path(page);
            routes.add(console(path, room, answers::page));
            if (page.path().equals("/")) {
                routes.add(console(path + "/", room, answers::page));
            }
        }
        var cards = mounted.pages(PageSpec.Kind.CARD);
        for (var i = 0; i < cards.size(); i++) {
            routes.add(part(mounted.cardPath(i), Room.of(mounted, cards.get(i))));
        }
        for (var i = 0; i < mounted.panels().size(); i++) {
            routes.add(part(mounted.panelPath(i), Room.of(mounted, mounted.panels().get(i))));
        }
        routes.addAll(open(mounted));
        return routes;
    }

    private List<RawRoute> open(Mounted mounted) {
        var routes = new ArrayList<RawRoute>();
        for (var page : mounted.pages(PageSpec.Kind.PUBLIC)) {
            routes.add(open("GET", VisitorRoom.of(mounted, page), visitors::page));
        }
        for (var form : mounted.forms()) {
            var takes = new Submission(mounted.area(), form, work);
            var room = VisitorRoom.of(mounted, form, takes);
            routes.add(open("GET", room, visitors::form));
            routes.add(open("POST", room, visitors::send).upTo(FORM_BYTES_MAX));
        }
        return routes;
    }

    private static RawRoute open(
            String method, VisitorRoom room, BiConsumer<RawExchange, VisitorRoom> answer) {
        var threads = room.owner().area().requests();
        var gate = RawRoute.Gate.PUBLIC;
        return RawRoute.of(method, room.path(), gate, threads, at -> answer.accept(at, room));
    }

    private RawRoute part(String path, Room room) {
        return console(path, room, answers::part).within(PART_WITHIN);
    }

    private static RawRoute console(String path, Room room, BiConsumer<RawExchange, Room> answer) {
        var threads = room.owner().area().requests();
        return RawRoute.console("GET", path, threads, at -> answer.accept(at, room));
    }
}
