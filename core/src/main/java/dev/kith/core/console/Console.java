package dev.kith.core.console;

import dev.kith.api.View;
import dev.kith.core.area.Area;
import dev.kith.core.console.screen.Assets;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.http.HttpFront;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.registry.Parts;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What people see: the pages, panels and cards of whichever areas run. */
public final class Console {

    /** Core first, then plugins by name. */
    private static final Comparator<String> CORE_FIRST =
            Comparator.<String, Boolean>comparing(id -> !id.equals(Area.CORE))
                    .thenComparing(Comparator.naturalOrder());

    private final HttpFront front;
    private final Answers answers;
    private final PageRoutes pages;
    private final SignIn signIn;
    private final Assets assets = new Assets();
    private final Shell shell;
    private final Area core;
    private final Map<String, Mounted> mounted = new ConcurrentSkipListMap<>(CORE_FIRST);

    public Console(HttpFront front, UnitOfWork work, Area core) {
        this.front = front;
        this.core = core;
        this.shell = new Shell(core, work.zone(), assets);
        this.answers = new Answers(work, core, shell, mounted::values);
        this.pages = new PageRoutes(answers, new VisitorPages(work, core, shell), work);
        this.signIn = new SignIn(shell);
    }

    /** Serves what everybody needs: assets, sign-in, the switch of languages. */
    public void start() {
        var threads = core.requests();
        front.mount(
                core.id(),
                List.of(
                        RawRoute.open("/", threads, visitor -> visitor.redirect("/console")),
                        RawRoute.open(Assets.ROUTE, threads, assets::serve),
                        RawRoute.open(HttpFront.SIGN_IN, threads, signIn::enter),
                        RawRoute.console("POST", "/console/sign-out", threads, signIn::leave),
                        RawRoute.open("/console/language/{language}", threads, signIn::language),
                        RawRoute.console("GET", "/console/*", threads, answers::nowhere)));
    }

    /** Serves what a plugin shows, from now on. */
    public void mount(Area area) {
        mount(area, List.of(area.parts()));
    }

    /** The same, instead of what another generation of it shows. */
    public void replace(Area area) {
        var shown = Mounted.of(area, List.of(area.parts()));
        front.replace(area.id(), pages.of(shown));
        mounted.put(area.id(), shown);
    }

    /** As {@link #mount(Area)}, for core, whose features register one by one. */
    public void mount(Area area, Collection<Parts> parts) {
        var shown = Mounted.of(area, parts);
        mounted.put(area.id(), shown);
        front.mount(area.id(), pages.of(shown));
    }

    /** Forgets an area; the front stops serving its routes by itself. */
    public void unmount(String areaId) {
        mounted.remove(areaId);
    }

    /** Answers with a page for everybody, in the look of the console; it has a layout of its own. */
    public void open(RawExchange exchange, int status, String titleKey, View view) {
        var title = shell.screen(exchange, core).text(titleKey);
        shell.open(exchange, status, title, view);
    }

    public Rooms rooms() {
        return new Rooms(mounted::values);
    }
}
