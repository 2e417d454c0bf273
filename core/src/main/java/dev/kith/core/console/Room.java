package dev.kith.core.console;

import dev.kith.api.CustomerId;
import dev.kith.api.Permission;
import dev.kith.api.StandardError;
import dev.kith.api.View;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.PanelSpec;
import org.jspecify.annotations.Nullable;

/**
 * A page, panel or card, ready to be asked.
 *
 * @param name for the log
 * @param handler what the area declared; says in whose package the template is
 */
record Room(
        Mounted owner,
        String name,
        String titleKey,
        @Nullable Permission permission,
        Object handler,
        Ask ask) {

    @FunctionalInterface
    interface Ask {
        View view(PageRequest request);
    }

    static Room of(Mounted owner, PageSpec page) {
        var handler = page.handler();
        Ask ask = request -> handler.view(request.reading(), request);
        var name = page.kind() + " " + page.path();
        return new Room(owner, name, page.titleKey(), page.permission(), handler, ask);
    }

    static Room of(Mounted owner, PanelSpec panel) {
        var handler = panel.handler();
        Ask ask = request -> handler.view(request.reading(), customer(request));
        return new Room(owner, "PANEL", panel.titleKey(), panel.permission(), handler, ask);
    }

    private static CustomerId customer(PageRequest request) {
        try {
            return CustomerId.of(request.path("customer"));
        } catch (IllegalArgumentException e) {
            throw StandardError.NOT_FOUND.because("not a customer's id");
        }
    }
}
