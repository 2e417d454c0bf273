package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Core's own rooms as people meet them: in a browser, with mouse and keyboard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleInBrowserTest {

    private static final int NAMES_PER_PAGE = 50;

    @RegisterExtension static final TestCrm crm = TestCrm.withPlugins();

    private String customer = "";
    private int names;

    @BeforeAll
    void plant() {
        try (var tab = crm.browser().tab()) {
            BrowserTour.look(crm.browser(), tab.open("/console"), "/console-of-nobody", 200);
        }
        for (var name : Naughty.all()) {
            var person = Map.of("kind", "person", "name", name);
            names += crm.admin().post("/customers", person).status() == 201 ? 1 : 0;
        }
        customer = crm.customer(believable()).toString();
        var purchase =
                """
                {"topic": "purchase.completed", "key": "r-1", "customerId": "%s",
                 "data": {"orderId": "A-1001", "amount": {"value": "129.90", "currency": "CNY"}}}
                """;
        crm.admin().post("/events", purchase.formatted(customer)).expect(201);
        crm.deliverEvents();
    }

    private static Map<String, Object> believable() {
        return Map.of(
                "kind",
                "person",
                "name",
                "张伟",
                "phones",
                List.of(Map.of("value", "138 0013 8000")),
                "emails",
                List.of(Map.of("value", "zhangwei@example.com")),
                "tags",
                List.of("vip"),
                "externalIds",
                List.of(Map.of("source", "pos", "id", "8812")));
    }

    @TestFactory
    Stream<DynamicTest> every_room_looks_as_meant() {
        var tests = new ArrayList<DynamicTest>();
        var tabs = new Tabs();
        var desk = crm.browser();
        for (var browser :
                List.of(desk, desk.in("zh-CN"), desk.in("zh-CN").inTheDark(), desk.onPhone())) {
            for (var path : rooms()) {
                tests.add(BrowserTour.opening(tabs, browser, path, 200));
            }
            tests.add(BrowserTour.opening(tabs, browser, "/console/nowhere", 404));
            tests.add(BrowserTour.opening(tabs, browser.signedOut(), "/console/sign-in", 200));
            tests.add(BrowserTour.opening(tabs, browser.signedOut(), "/docs", 200));
            tests.add(BrowserTour.opening(tabs, browser.signedOut(), "/docs/customers", 200));
        }
        return tests.stream().onClose(tabs::close);
    }

    private List<String> rooms() {
        return List.of(
                "/console",
                "/console/customers",
                "/console/customers/new",
                "/console/customers/" + customer,
                "/console/customers/" + customer + "/edit",
                "/console/plugins",
                "/console/subscriptions",
                "/console/jobs",
                "/console/jobs?state=waiting",
                "/console/sends",
                "/console/keys",
                "/console/attributes");
    }

    @Test
    void naughty_names_are_shown_as_typed_and_run_nothing() {
        assertThat(names).isGreaterThanOrEqualTo(Naughty.NAMES.size());
        try (var tab = crm.browser().tab()) {
            tab.open("/console/customers?sort=createdAt");
            for (var shown = tab.count("#people a"); shown < names; ) {
                tab.click("#more a");
                var more = tab.count("#people a[href*=customers]:not(#more a)");
                assertThat(more).isGreaterThan(Math.min(shown, names - NAMES_PER_PAGE) - 1);
                shown = more;
            }
            var listed =
                    tab.evaluate(
                            "[...document.querySelectorAll('#people .fw-medium')].map(it => it.textContent)");
            var asStored = new ArrayList<String>();
            listed.forEach(name -> asStored.add(name.asText()));
            assertThat(asStored).containsAll(Naughty.NAMES);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void a_search_finds_while_somebody_types() {
        try (var tab = crm.browser().tab()) {
            tab.open("/console").press("/");
            assertThat(tab.evaluate("document.activeElement.name").asText()).isEqualTo("q");
            tab.open("/console/customers").press("/").type("8000");
            tab.until("document.querySelectorAll('#people .fw-medium').length === 1");
            assertThat(tab.text("#people .fw-medium")).isEqualTo("张伟");
            assertThat(tab.evaluate("location.search").asText()).contains("q=8000");
            tab.type("17").until("document.querySelector('#rows .empty')");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void names_under_a_chart_that_have_no_room_beside_each_other_are_turned() {
        try (var tab = crm.browser().tab()) {
            tab.open("/console");
            var turned =
                    "echarts.getInstanceByDom(document.querySelector('.kith-chart'))"
                            + ".getOption().xAxis[0].axisLabel.rotate";
            tab.until("document.querySelector('.kith-chart canvas, .kith-chart svg') !== null");
            assertThat(tab.evaluate(turned).asInt()).isEqualTo(35);
            tab.evaluate("document.querySelector('.kith-chart').style.width = '900px'");
            tab.until(turned + " === 0");
        }
    }

    @Test
    void the_keyboard_skips_the_menu() {
        try (var tab = crm.browser().tab()) {
            tab.open("/console/customers").press("Tab");
            assertThat(tab.evaluate("document.activeElement.className").asText())
                    .isEqualTo("kith-skip");
            tab.press("Enter");
            assertThat(tab.evaluate("document.activeElement.id").asText()).isEqualTo("main");
        }
    }

    @Test
    void a_key_is_made_shown_once_and_revoked() {
        try (var tab = crm.browser().tab()) {
            tab.open("/console/keys").focus("#name").type("till-7");
            tab.click("input[value='customers:read']").click("input[value='purchase.completed']");
            tab.click("form[data-reveal] button")
                    .until("!document.querySelector('#kith-reveal').hidden");
            var key = tab.text("#kith-reveal output");
            var till = crm.anonymous().with("Authorization", "Bearer " + key);
            till.get("/customers").expect(200);
            till.get("/keys").expect(403);
            tab.screenshot("console-key-made");

            tab.open("/console/keys");
            assertThat(tab.evaluate("document.body.textContent").asText()).doesNotContain(key);
            tab.agree()
                    .click("button[data-api$='/revoke']")
                    .until("!document.querySelector(\"button[data-api$='/revoke']\")");
            till.get("/customers").expect(401);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void a_link_that_was_used_says_what_to_do() {
        var link = crm.admin().post("/login-links").expect(200).text("/path");
        try (var tab = crm.browser().signedOut().tab();
                var other = crm.browser().signedOut().tab()) {
            assertThat(tab.open(link).text("h1")).isEqualTo("Home");
            other.open(link);
            assertThat(other.text("[role=alert]")).contains("used already");
            assertThat(other.text("pre")).contains("./kith console-link");
            other.screenshot("console-link-used");
        }
    }
}
