package dev.kith.core.console;

import dev.kith.api.Icon;
import dev.kith.core.area.Area;
import dev.kith.core.registry.FormSpec;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.PanelSpec;
import dev.kith.core.registry.Parts;
import java.util.List;

/** What one area shows at the console, in the order it was declared. */
record Mounted(
        Area area,
        Templates templates,
        List<PageSpec> pages,
        List<FormSpec> forms,
        List<PanelSpec> panels,
        Icon icon) {

    static Mounted of(Area area, Iterable<Parts> parts) {
        var pages = new java.util.ArrayList<PageSpec>();
        var forms = new java.util.ArrayList<FormSpec>();
        var panels = new java.util.ArrayList<PanelSpec>();
        var icon = Icon.PUZZLE;
        for (var part : parts) {
            pages.addAll(part.pages());
            forms.addAll(part.forms());
            panels.addAll(part.panels());
            icon = part.icon();
        }
        return new Mounted(area, new Templates(area.loader()), pages, forms, panels, icon);
    }

    Mounted {
        pages = List.copyOf(pages);
        forms = List.copyOf(forms);
        panels = List.copyOf(panels);
    }

    List<PageSpec> pages(PageSpec.Kind kind) {
        return pages.stream().filter(page -> page.kind() == kind).toList();
    }

    /** Where a page stands. Core's own stand directly below the console. */
    String path(PageSpec page) {
        var root = page.kind() == PageSpec.Kind.PUBLIC ? "/public" : "/console";
        var folder = area.core() ? root : root + "/" + area.id();
        return page.path().equals("/") ? folder : folder + page.path();
    }

    String cardPath(int index) {
        return "/console/-/cards/" + area.id() + "/" + index;
    }

    /** A route's path with the variable {@code {customer}}. */
    String panelPath(int index) {
        return "/console/-/panels/" + area.id() + "/" + index + "/{customer}";
    }
}
