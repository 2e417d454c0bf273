package dev.kith.testkit;

import java.util.HashMap;
import java.util.Map;

/** One tab for each kind of reader, kept open: signing in for every page would take most of the time. */
final class Tabs implements AutoCloseable {

    private final Map<Browser, Tab> open = new HashMap<>();

    Tab of(Browser browser) {
        return open.computeIfAbsent(browser, Browser::tab);
    }

    @Override
    public void close() {
        open.values().forEach(Tab::close);
        open.clear();
    }
}
