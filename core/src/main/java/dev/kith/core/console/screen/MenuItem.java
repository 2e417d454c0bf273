package dev.kith.core.console.screen;

/**
 * One line of the menu.
 *
 * @param path empty for a heading
 * @param icon a name that {@code console/icon.jte} knows
 */
public record MenuItem(String title, String path, String icon, boolean current) {

    public static MenuItem heading(String title) {
        return new MenuItem(title, "", "", false);
    }

    public boolean heading() {
        return path.isEmpty();
    }
}
