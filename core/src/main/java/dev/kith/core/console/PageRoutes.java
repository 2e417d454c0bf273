package dev.kith.core.console;

import dev.kith.core.http.RawExchange;
import dev.kith.core.http.RawRoute;
import dev.kith.core.registry.PageSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The routes of one area's pages, panels and cards, each on that area's own threads. */
final class PageRoutes {

    /** How long a panel or card may take before an error card stands in its place. */
    static final Duration PART_WITHIN = Duration.ofSeconds(2);

    private final Answers answers;

    PageRoutes(Answers answers) {
        this.answers = answers;
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
        for (var page : mounted.pages(PageSpec.Kind.PUBLIC)) {
            var room = Room.of(mounted, page);
            var threads = mounted.area().requests();
            var gate = RawRoute.Gate.PUBLIC;
            var path = mounted.path(page);
            routes.add(RawRoute.of("GET", path, gate, threads, at -> answers.open(at, room)));
        }
        var cards = mounted.pages(PageSpec.Kind.CARD);
        for (var i = 0; i < cards.size(); i++) {
            routes.add(part(mounted.cardPath(i), Room.of(mounted, cards.get(i))));
        }
        for (var i = 0; i < mounted.panels().size(); i++) {
            routes.add(part(mounted.panelPath(i), Room.of(mounted, mounted.panels().get(i))));
        }
        return routes;
    }

    private RawRoute part(String path, Room room) {
        return console(path, room, answers::part).within(PART_WITHIN);
    }

    private static RawRoute console(String path, Room room, BiConsumer<RawExchange, Room> answer) {
        var threads = room.owner().area().requests();
        return RawRoute.console("GET", path, threads, at -> answer.accept(at, room));
    }
}
