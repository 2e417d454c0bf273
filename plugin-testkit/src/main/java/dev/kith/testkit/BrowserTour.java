package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kith.api.CustomerId;
import dev.kith.core.registry.PageSpec;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Opens all that a plugin shows in a real browser, in both languages, and keeps pictures of it in
 * {@code target/screenshots}.
 */
record BrowserTour(TestCrm crm, List<String> addresses, List<CustomerId> customers, Tabs tabs) {

    private static final List<String> LANGUAGES = List.of("en", "zh-CN");

    /** Controls that a screen reader could not name. */
    private static final String NAMELESS =
            """
            [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button, a[href]')]
                .filter(it => it.checkVisibility())
                .filter(it => !(it.labels?.length || it.ariaLabel || it.title
                    || it.getAttribute('aria-labelledby') || it.textContent.trim()))
                .map(it => it.outerHTML.slice(0, 120))\
            """;

    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static final String WIDER =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    BrowserTour(TestCrm crm, List<String> addresses, List<CustomerId> customers) {
        this(crm, addresses, customers, new Tabs());
    }

    Stream<DynamicTest> openings() {
        return LANGUAGES.stream()
                .onClose(tabs::close)
                .flatMap(language -> {
                    var desk = crm.browser().in(language);
                    var all =
                            Stream.concat(consoles(desk), Stream.concat(panels(desk), cards(desk)));
                    return Stream.concat(
                            all, Stream.of(desk, desk.onPhone()).flatMap(this::publics));
                });
    }

    private Stream<DynamicTest> consoles(Browser browser) {
        var fixed = pages(PageSpec.Kind.PAGE).map(page -> opening(browser, path(page), 200));
        var given =
                addresses.stream()
                        .filter(address -> address.startsWith("/console"))
                        .map(address -> opening(browser, address, 200));
        // Whoever follows an old link is told so, in the layout.
        var unknown =
                crm.area().parts().pages().stream()
                        .filter(page -> page.kind() == PageSpec.Kind.PAGE)
                        .map(PageSpec::path)
                        .filter(path -> path.contains("{"))
                        .map(path -> path.replaceAll("\\{[^}]*}", new UUID(7, 7).toString()))
                        .map(path -> opening(browser, "/console/" + crm.plugin() + path, 404));
        return Stream.of(fixed, given, unknown).flatMap(each -> each);
    }

    private Stream<DynamicTest> panels(Browser browser) {
        if (crm.area().parts().panels().isEmpty()) {
            return Stream.of();
        }
        // The number tells their pictures apart; the page itself asks for nothing of that name.
        return IntStream.range(0, customers.size())
                .mapToObj(i -> "/console/customers/%s?nr=%d".formatted(customers.get(i), i + 1))
                .map(path -> opening(browser, path, 200));
    }

    private Stream<DynamicTest> cards(Browser browser) {
        return crm.area().parts().pages().stream()
                .filter(page -> page.kind() == PageSpec.Kind.CARD)
                .limit(1)
                .map(any -> opening(browser, "/console", 200));
    }

    private Stream<DynamicTest> publics(Browser browser) {
        var stranger = browser.signedOut();
        return Stream.concat(
                        pages(PageSpec.Kind.PUBLIC).map(this::path),
                        addresses.stream().filter(address -> address.startsWith("/public")))
                .map(address -> opening(stranger, address, 200));
    }

    private Stream<PageSpec> pages(PageSpec.Kind kind) {
        return crm.area().parts().pages().stream()
                .filter(page -> page.kind() == kind && !page.path().contains("{"));
    }

    private String path(PageSpec page) {
        var root = page.kind() == PageSpec.Kind.PUBLIC ? "/public/" : "/console/";
        return root + crm.plugin() + (page.path().equals("/") ? "" : page.path());
    }

    private DynamicTest opening(Browser browser, String path, int status) {
        return opening(tabs, browser, path, status);
    }

    static DynamicTest opening(Tabs tabs, Browser browser, String path, int status) {
        return DynamicTest.dynamicTest(
                "%s, %s, %d px".formatted(path, browser.language(), browser.width()),
                () -> look(browser, tabs.of(browser).open(path), path, status));
    }

    /** What holds for every page, whoever made it. */
    static void look(Browser browser, Tab tab, String path, int status) {
        var picture = tab.screenshot(name(browser, path, status));
        assertAll(
                "see " + picture,
                () -> assertEquals(status, tab.status()),
                () -> assertEquals(List.of(), complaints(tab, status)),
                () ->
                        assertEquals(
                                browser.language(),
                                tab.evaluate("document.documentElement.lang").asText()),
                () -> assertFalse(tab.text("h1").isEmpty(), "the page has no heading"),
                () ->
                        assertTrue(
                                status != 200 || tab.count("main [role=alert]") == 0,
                                () -> "an error: " + tab.text("main [role=alert]")),
                () ->
                        assertEquals(
                                "[]", tab.evaluate(NAMELESS).toString(), "controls without a name"),
                () ->
                        assertTrue(
                                tab.evaluate(WIDER).asInt() <= 0,
                                "the page is wider than the screen"));
    }

    // A browser writes each page that is not there into its console.
    private static List<String> complaints(Tab tab, int status) {
        return tab.complaints().stream()
                .filter(each -> status == 200 || !each.contains("status of " + status))
                .toList();
    }

    // The same page has the same picture in every build, so that two can be compared, and what is
    // not there has another one than what is.
    private static String name(Browser browser, String path, int status) {
        var place = path.substring(1).replaceAll(ID, "id").replaceAll("[^A-Za-z0-9.-]+", "-");
        var look = browser.dark() ? "-dark" : "";
        var answer = status == 200 ? "" : "-" + status;
        return "%s-%s-%d%s%s".formatted(place, browser.language(), browser.width(), look, answer);
    }
}
