package dev.kith.core.openapi;

import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.call.Codes;
import dev.kith.core.http.HttpFront;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.registry.Parts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages that the {@code type} of a problem leads to. */
final class ProblemPages {

    private final HttpFront front;
    private final Area core;

    ProblemPages(HttpFront front, Area core) {
        this.front = front;
        this.core = core;
    }

    void show(RawExchange exchange) {
        var code = exchange.path("code");
        var area = areaOf(code);
        if (area.isEmpty() || dots(code) > 1 || !answers(area.get(), code)) {
            throw StandardError.NOT_FOUND.because(
                    "nothing that is switched on answers with this code");
        }
        var locale = exchange.locale();
        var title = Codes.title(area.get().messages(), locale, code);
        var meaning =
                text(area.get(), locale, code, ".meaning")
                        .orElseGet(() ->
                                core.messages().text(locale, "problem.page.area", area.get().id()));
        page(exchange, title, code, meaning);
    }

    /** Whose code it is: core's, or that of the area before the dot. */
    private Optional<Area> areaOf(String code) {
        var dot = code.indexOf('.');
        var id = dot < 0 ? Area.CORE : code.substring(0, dot);
        return front.areas().keySet().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Whether the area has a name for it, or a route that says so. */
    private boolean answers(Area area, String code) {
        return text(area, Locale.ENGLISH, code, "").isPresent()
                || front.areas().getOrDefault(area, List.of()).stream()
                        .map(Parts::routes)
                        .flatMap(List::stream)
                        .flatMap(route -> route.errors().stream())
                        .anyMatch(error -> Codes.of(error, area.id()).equals(code));
    }

    private static long dots(String code) {
        return code.chars().filter(c -> c == '.').count();
    }

    private static Optional<String> text(Area area, Locale locale, String code, String of) {
        var plain = code.substring(code.indexOf('.') + 1);
        return Stream.of(code, plain)
                .flatMap(key -> area.messages().find(locale, "problem." + key + of).stream())
                .findFirst();
    }

    private static void page(RawExchange exchange, String title, String code, String meaning) {
        var page =
                """
                <!doctype html><html lang="%s"><meta charset="utf-8"><title>%s</title>\
                <h1>%2$s</h1><p><code>%s</code></p><p>%s</p></html>\
                """
                        .formatted(
                                exchange.locale().toLanguageTag(),
                                escaped(title),
                                escaped(code),
                                escaped(meaning));
        exchange.html(200, page);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
