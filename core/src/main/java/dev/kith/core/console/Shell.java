package dev.kith.core.console;

import dev.kith.api.View;
import dev.kith.core.area.Area;
import dev.kith.core.call.Principal;
import dev.kith.core.console.screen.Assets;
import dev.kith.core.console.screen.Frame;
import dev.kith.core.console.screen.MenuItem;
import dev.kith.core.console.screen.ReaderScreen;
import dev.kith.core.http.raw.RawExchange;
import gg.jte.Content;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts the layout around what an area rendered, and says what a browser may do with it. */
final class Shell {

    /** Scripts and styles from here alone, none of them inside the page, and nothing evaluated. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    /** As above without scripts: what a visitor sees works without. */
    private static final String VISITOR_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String LANGUAGE = "lang";

    private final Area core;
    private final ZoneId zone;
    private final Assets assets;
    private final Templates templates;

    Shell(Area core, ZoneId zone, Assets assets) {
        this.core = core;
        this.zone = zone;
        this.assets = assets;
        this.templates = new Templates(core.loader());
    }

    /** The reader before the texts of an area. */
    ReaderScreen screen(RawExchange exchange, Area area) {
        var csrf =
                exchange.principal()
                        .flatMap(Principal::console)
                        .map(Principal.Session::csrf)
                        .orElse("");
        return new ReaderScreen(area.messages(), core.messages(), exchange.locale(), zone, csrf);
    }

    /** A whole page around rendered content. */
    void page(RawExchange exchange, int status, String title, List<MenuItem> menu, String content) {
        var screen = screen(exchange, core);
        var reader = exchange.principal().map(who -> who.actor().name()).orElse("");
        var frame = new Frame(screen, assets, title, address(exchange), reader, menu);
        answer(
                exchange,
                status,
                render("console/layout.jte", Map.of("frame", frame, "content", raw(content))));
    }

    /** A page for somebody without an account. */
    void visitor(RawExchange exchange, VisitorRoom room, int status, String content) {
        var title = screen(exchange, room.owner().area()).text(room.titleKey());
        var parameters =
                Map.of(
                        "frame", bareFrame(exchange, title),
                        "language", otherLanguage(exchange),
                        "content", raw(content));
        exchange.header("Content-Security-Policy", VISITOR_POLICY);
        exchange.header("Referrer-Policy", "no-referrer");
        if (room.isPrivate()) {
            exchange.header("X-Robots-Tag", "noindex, nofollow");
        }
        exchange.html(status, render("console/visitor.jte", parameters));
    }

    /** The form around the fields that a plugin rendered. */
    String form(Map<String, Object> parameters, String content) {
        var all = new HashMap<>(parameters);
        all.put("content", raw(content));
        return render("console/form.jte", all);
    }

    /** What a visitor is told when a page cannot be shown. */
    String visitorProblem(RawExchange exchange, String title) {
        var request = exchange.requestId().toString();
        return render(
                "console/visitor-problem.jte",
                Map.of("screen", screen(exchange, core), "title", title, "request", request));
    }

    /** The way to another page, in the language that was asked for on this one. */
    String inSameLanguage(RawExchange exchange, String path) {
        var language = exchange.query(LANGUAGE);
        return language.isEmpty() || path.contains(LANGUAGE + "=")
                ? path
                : path + (path.contains("?") ? "&" : "?") + LANGUAGE + "=" + encode(language.get());
    }

    private static String otherLanguage(RawExchange exchange) {
        var queries = new LinkedHashMap<>(exchange.queries());
        queries.put(LANGUAGE, exchange.locale().getLanguage().equals("zh") ? "en" : "zh-CN");
        return address(exchange.rawPath(), queries);
    }

    /** A page with a layout of its own, for everybody. */
    void open(RawExchange exchange, int status, String title, View view) {
        var parameters = new HashMap<>(view.parameters());
        parameters.put("frame", bareFrame(exchange, title));
        answer(exchange, status, render(view.template(), parameters));
    }

    void signIn(RawExchange exchange, int status, boolean refused) {
        var title = screen(exchange, core).text("console.signIn");
        var parameters = Map.of("frame", bareFrame(exchange, title), "refused", (Object) refused);
        answer(exchange, status, render("console/sign-in.jte", parameters));
    }

    private Frame bareFrame(RawExchange exchange, String title) {
        return new Frame(screen(exchange, core), assets, title, address(exchange), "", List.of());
    }

    /** What a reader is told when a page cannot be shown. */
    String problem(RawExchange exchange, String title, String detail) {
        return render(
                "console/problem.jte",
                Map.of(
                        "screen",
                        screen(exchange, core),
                        "title",
                        title,
                        "detail",
                        detail,
                        "request",
                        exchange.requestId().toString()));
    }

    /** The card that stands in the place of a part that failed. */
    String broken(RawExchange exchange, String title) {
        var screen = screen(exchange, core);
        return render(
                "console/broken.jte",
                Map.of(
                        "screen", screen,
                        "title", title,
                        "detail", screen.text("console.failed.detail")));
    }

    /** A panel or card around what a plugin rendered. */
    String part(String title, String content) {
        return render("console/part.jte", Map.of("title", title, "content", raw(content)));
    }

    /** A plugin's page below its heading. */
    String headed(String title, String content) {
        return render("console/plugin.jte", Map.of("title", title, "content", raw(content)));
    }

    /** Answers with HTML that nobody keeps: it may show personal data. */
    void answer(RawExchange exchange, int status, String html) {
        exchange.header("Content-Security-Policy", POLICY);
        exchange.header("X-Content-Type-Options", "nosniff");
        exchange.header("Referrer-Policy", "same-origin");
        exchange.header("Cache-Control", "no-store");
        exchange.html(status, html);
    }

    private String render(String template, Map<String, Object> parameters) {
        return templates.render(Shell.class, template, parameters);
    }

    /** HTML that a template of ours or a plugin's has escaped already. */
    private static Content raw(String html) {
        return output -> output.writeContent(html);
    }

    private static String address(RawExchange exchange) {
        return address(exchange.rawPath(), exchange.queries());
    }

    private static String address(String path, Map<String, String> queries) {
        var query =
                queries.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
