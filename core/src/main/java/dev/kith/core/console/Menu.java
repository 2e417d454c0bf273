package dev.kith.core.console;

import dev.kith.core.area.Area;
import dev.kith.core.call.Principal;
import dev.kith.core.console.screen.MenuItem;
import dev.kith.core.http.raw.RawExchange;
import dev.kith.core.registry.PageSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The menu: core's rooms, then the plugins' pages, then what an administrator looks after. */
final class Menu {

    /** Core's pages that stand at the end, apart from the daily work. */
    private static final Set<String> ADMINISTRATION =
            Set.of("/plugins", "/subscriptions", "/jobs", "/sends", "/keys", "/attributes");

    private final Shell shell;

    Menu(Shell shell) {
        this.shell = shell;
    }

    /** Of the pages this reader may see. */
    List<MenuItem> items(RawExchange exchange, Principal reader, Collection<Mounted> areas) {
        var daily = new ArrayList<MenuItem>();
        var plugins = new ArrayList<MenuItem>();
        var administration = new ArrayList<MenuItem>();
        for (var area : areas) {
            for (var page : area.pages(PageSpec.Kind.PAGE)) {
                if (!listed(page) || !allowed(page, reader)) {
                    continue;
                }
                var item = item(exchange, area, page);
                if (!area.area().core()) {
                    plugins.add(item);
                } else if (ADMINISTRATION.contains(page.path())) {
                    administration.add(item);
                } else {
                    daily.add(item);
                }
            }
        }
        var items = new ArrayList<>(daily);
        group(exchange, areas, items, "console.menu.areas", plugins);
        group(exchange, areas, items, "console.menu.administration", administration);
        return items;
    }

    private void group(
            RawExchange exchange,
            Collection<Mounted> areas,
            List<MenuItem> items,
            String titleKey,
            List<MenuItem> group) {
        if (!group.isEmpty()) {
            var core = areas.stream().map(Mounted::area).filter(Area::core).findFirst();
            core.map(area -> shell.screen(exchange, area).text(titleKey))
                    .map(MenuItem::heading)
                    .ifPresent(items::add);
            items.addAll(group);
        }
    }

    private MenuItem item(RawExchange exchange, Mounted area, PageSpec page) {
        var path = area.path(page);
        var title = shell.screen(exchange, area.area()).text(page.titleKey());
        return new MenuItem(title, path, icon(area, page), current(exchange.rawPath(), path));
    }

    /** A page about one thing is reached from a list, not from the menu. */
    private static boolean listed(PageSpec page) {
        return !page.path().contains("{") && !page.path().endsWith("/new");
    }

    private static boolean allowed(PageSpec page, Principal reader) {
        return page.permission() == null || reader.may(page.permission());
    }

    private static boolean current(String here, String path) {
        var trimmed = here.endsWith("/") ? here.substring(0, here.length() - 1) : here;
        var below = !path.equals("/console") && trimmed.startsWith(path + "/");
        return trimmed.equals(path) || below;
    }

    private static String icon(Mounted area, PageSpec page) {
        if (!area.area().core()) {
            return area.icon().name().toLowerCase(Locale.ROOT);
        }
        return switch (page.path()) {
            case "/" -> "home";
            case "/customers" -> "users";
            case "/plugins" -> "plug";
            case "/subscriptions" -> "flow";
            case "/jobs" -> "clock";
            case "/sends" -> "send";
            case "/keys" -> "key";
            case "/attributes" -> "tag";
            default -> "puzzle";
        };
    }
}
