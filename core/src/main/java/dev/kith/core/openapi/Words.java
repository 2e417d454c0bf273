package dev.kith.core.openapi;

import dev.kith.core.area.Area;
import java.util.Locale;

/** What the documents say about an area, from the area's own texts. */
final class Words {

    private Words() {}

    /**
     * @param tag the plugin's id, or one kind of core's things such as {@code customers}
     */
    static String area(Area area, String tag, Locale locale) {
        return area.messages()
                .find(locale, "docs.area." + tag)
                .orElseGet(() -> "The routes of " + tag + ".");
    }
}
