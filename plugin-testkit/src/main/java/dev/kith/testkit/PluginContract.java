package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import dev.kith.core.registry.FormSpec;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import dev.kith.core.registry.SubscriptionSpec;
import dev.kith.testkit.manners.Except;
import dev.kith.testkit.manners.Manners;
import dev.kith.testkit.manners.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/**
 * What every plugin keeps, whatever it does. A plugin's test extends it, and says what the server
 * cannot guess: a sample of each event it handles, and where personal data comes from.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PluginContract {

    private static final String ROUNDS = "kith.leavingRounds";
    private static final int TIMES_LEFT = 10;

    @RegisterExtension protected final TestCrm crm;

    /** The plugin of this module, with its default settings. */
    protected PluginContract() {
        this(TestCrm.withThisPlugin());
    }

    protected PluginContract(TestCrm crm) {
        this.crm = crm;
    }

    /** One event of every topic the plugin handles. */
    protected List<Sample> samples() {
        return List.of();
    }

    /**
     * How often the plugin is switched off and on to see whether anything stays; the property {@code
     * kith.leavingRounds} says it for all.
     */
    protected int timesLeft() {
        return TIMES_LEFT;
    }

    /** Writes personal data of a customer into the plugin, if it keeps any. */
    protected @Nullable Planted plant(CustomerId customer) {
        return null;
    }

    /**
     * Addresses that exist of pages with a variable in their path, such as {@code
     * /console/complaints/cases/…}, for the browser to open; made anew when asked.
     */
    protected List<String> addresses() {
        return List.of();
    }

    /**
     * A fresh thing that a route can be called on with success, for the manners that need one, such
     * as the replay of a POST. Left out for a route, those are shown as skipped.
     */
    protected @Nullable Subject subject(RouteSpec route) {
        return null;
    }

    /** Routes that do not keep a manner of the API, each with the reason. */
    protected List<Except> exceptions() {
        return List.of();
    }

    // Schema.

    @Test
    void migrations_stay_in_their_schema_and_run_twice_without_change() {
        new SchemaCheck(crm).run();
    }

    // Routes.

    @TestFactory
    Stream<DynamicContainer> every_route_has_the_manners_of_the_api() {
        var manners = new Manners(crm, this::known);
        return manners.table(parts().routes(), exceptions());
    }

    private Subject known(RouteSpec route) {
        var subject = subject(route);
        if (subject == null) {
            throw new TestAbortedException("subject() names nothing for " + route.path());
        }
        return subject;
    }

    @Test
    void an_unknown_setting_keeps_the_plugin_off() {
        new SettingsCheck(crm).run();
    }

    @Test
    void routes_and_events_are_those_of_the_golden_document() {
        Golden.check("declarations.txt", Declarations.of(crm.area().parts()));
    }

    @Test
    void the_server_describes_itself_by_the_rules() {
        var described = new Descriptions(crm);
        assertEquals(List.of(), described.openApi(), "/openapi.json");
        assertEquals(List.of(), described.asyncApi(), "/asyncapi.json");
    }

    // Events and jobs.

    @TestFactory
    Stream<DynamicTest> an_event_that_comes_twice_changes_nothing_more() {
        return afterEach((subscription, event) -> {
            handlers().deliver(subscription, event);
            crm.deliverEvents();
        });
    }

    @TestFactory
    Stream<DynamicTest> a_crash_behind_a_handler_leaves_nothing() {
        return afterEach((subscription, event) -> handlers().deliverAndCrash(subscription, event));
    }

    /** For each subscription: what happens after an event was handled, and must change nothing. */
    private Stream<DynamicTest> afterEach(BiConsumer<SubscriptionSpec, Published> happens) {
        return subscriptions()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.name(),
                                () -> {
                                    var event = publish(each.topic());
                                    crm.deliverEvents();
                                    var once = state().toString();
                                    happens.accept(each, event);
                                    assertEquals(once, state().toString());
                                }));
    }

    @TestFactory
    Stream<DynamicTest> a_job_that_runs_twice_changes_nothing_more() {
        return parts().jobs().stream()
                .map(job ->
                        DynamicTest.dynamicTest(
                                job.name(),
                                () -> {
                                    handlers().run(job);
                                    crm.deliverEvents();
                                    var once = state();
                                    handlers().run(job);
                                    crm.deliverEvents();
                                    assertEquals(once.toString(), state().toString());
                                }));
    }

    // Console.

    @TestFactory
    Stream<DynamicTest> pages_render_in_both_languages() {
        return parts().pages().stream()
                .filter(page -> page.kind() == PageSpec.Kind.PAGE && !page.path().contains("{"))
                .flatMap(page -> Stream.of("en", "zh-CN").map(language -> page(page, language)));
    }

    @TestFactory
    Stream<DynamicTest> a_public_page_at_a_wrong_address_is_a_page_all_the_same() {
        return openPaths()
                .filter(path -> path.contains("{"))
                .map(path ->
                        DynamicTest.dynamicTest(
                                path,
                                () -> {
                                    var wrong = path.replaceAll("\\{[^}]*}", "%27%22%3B..");
                                    var answer = crm.anonymous().get(wrong);
                                    assertTrue(answer.status() < 500, answer::toString);
                                    assertTrue(answer.body().contains("</html>"), answer::toString);
                                    assertFalse(answer.header("Set-Cookie").isPresent());
                                }));
    }

    private Stream<String> openPaths() {
        var pages =
                parts().pages().stream()
                        .filter(page -> page.kind() == PageSpec.Kind.PUBLIC)
                        .map(page -> "/public/" + crm.plugin() + page.path());
        return Stream.concat(pages, parts().forms().stream().map(FormSpec::path));
    }

    private DynamicTest page(PageSpec page, String language) {
        var path = "/console/" + crm.plugin() + (page.path().equals("/") ? "" : page.path());
        return DynamicTest.dynamicTest(
                language + " " + path,
                () -> {
                    var answer = crm.console().with("Accept-Language", language).get(path);
                    answer.expect(200);
                    assertFalse(answer.body().contains(page.titleKey()), "a text is missing");
                });
    }

    @Test
    void panels_render_on_the_customers_page() {
        assumeTrue(!parts().panels().isEmpty());
        var customer = crm.customer();
        for (var i = 0; i < parts().panels().size(); i++) {
            crm.console()
                    .get("/console/-/panels/%s/%d/%s".formatted(crm.plugin(), i, customer))
                    .expect(200);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_browser_shows_every_page_and_panel_as_meant() {
        var names = new ArrayList<CustomerId>();
        for (var name : Naughty.NAMES) {
            var customer = crm.customer(Map.of("kind", "person", "name", name));
            samples().forEach(each -> crm.publish(each.topic(), customer, each.payload()));
            names.add(customer);
        }
        crm.deliverEvents();
        return new BrowserTour(crm, addresses(), names).openings();
    }

    // People's data.

    @Test
    void personal_data_is_in_the_export_and_gone_after_the_erasure() {
        var export = parts().export();
        var erase = parts().erase();
        assumeTrue(export != null && erase != null);
        var customer = crm.customer();
        var planted = plant(customer);
        if (planted == null) {
            throw new AssertionError("the plugin keeps personal data: plant some in plant()");
        }
        var exported = new PersonalData(crm).export(customer);
        new PersonalData(crm).erase(customer);
        var left = state().toString();
        for (var text : planted.texts()) {
            assertTrue(exported.contains(text), () -> text + " is not in " + exported);
            assertFalse(left.contains(text), () -> text + " is still there");
        }
    }

    // Leaving.

    @Test
    void switching_off_leaves_no_thread_connection_or_class_behind() {
        new LeavingCheck(crm, Integer.getInteger(ROUNDS, timesLeft())).run();
    }

    // Help.

    private Stream<SubscriptionSpec> subscriptions() {
        return parts().subscriptions().stream();
    }

    private Published publish(String topic) {
        var sample =
                samples().stream()
                        .filter(each -> each.topic().equals(topic))
                        .findFirst()
                        .orElseThrow(() ->
                                new AssertionError("no sample of " + topic + " in samples()"));
        var id = crm.publish(topic, crm.customer(), sample.payload());
        return crm.published(topic).stream()
                .filter(event -> event.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Handlers handlers() {
        return new Handlers(area(), crm.node().work());
    }

    private State state() {
        return State.of(crm.node().core(), crm.plugin());
    }

    private Area area() {
        return crm.area();
    }

    private Parts parts() {
        return area().parts();
    }
}
