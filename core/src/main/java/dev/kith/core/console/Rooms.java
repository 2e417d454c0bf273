package dev.kith.core.console;

import dev.kith.api.CustomerId;
import dev.kith.api.Request;
import dev.kith.core.registry.PageSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** What the running areas show, for the pages that leave room for others. */
public final class Rooms {

    private final Supplier<Collection<Mounted>> areas;

    Rooms(Supplier<Collection<Mounted>> areas) {
        this.areas = areas;
    }

    /**
     * A part that the browser asks for by itself.
     *
     * @param title in the reader's language, for the card that stands there if it fails
     */
    public record Part(String title, String path) {}

    public TopicWords words() {
        return new TopicWords(areas);
    }

    /** The panels on a customer's page that the reader may see. */
    public List<Part> panels(Request request, CustomerId customer) {
        var parts = new ArrayList<Part>();
        for (var mounted : areas.get()) {
            for (var i = 0; i < mounted.panels().size(); i++) {
                var panel = mounted.panels().get(i);
                if (request.may(panel.permission())) {
                    var path = mounted.panelPath(i).replace("{customer}", customer.toString());
                    parts.add(new Part(title(mounted, request, panel.titleKey()), path));
                }
            }
        }
        return parts;
    }

    /** The cards of the dashboard that the reader may see. */
    public List<Part> cards(Request request) {
        var parts = new ArrayList<Part>();
        for (var mounted : areas.get()) {
            var cards = mounted.pages(PageSpec.Kind.CARD);
            for (var i = 0; i < cards.size(); i++) {
                var permission = cards.get(i).permission();
                if (permission == null || request.may(permission)) {
                    var title = title(mounted, request, cards.get(i).titleKey());
                    parts.add(new Part(title, mounted.cardPath(i)));
                }
            }
        }
        return parts;
    }

    private static String title(Mounted mounted, Request request, String key) {
        return mounted.area().messages().text(request.locale(), key);
    }
}
