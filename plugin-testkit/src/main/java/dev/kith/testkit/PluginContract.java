package dev.kith.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kith.api.CustomerId;
import dev.kith.core.area.Area;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import dev.kith.core.registry.SubscriptionSpec;
import dev.kith.testkit.manners.Except;
import dev.kith.testkit.manners.Manners;
import dev.kith.testkit.manners.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 *
 * {@snippet :
 * final class WarrantyTest extends PluginContract {
 *
 *     @Override
 *     protected List<Sample> samples() {
 *         return List.of(new Sample("purchase.completed", Map.of("orderId", "o-1")));
 *     }
 *
 *     @Test
 *     void a_purchase_begins_a_warranty() {
 *         var order = Map.of("orderId", "o-1");
 *         var purchase = crm.publish("purchase.completed", crm.customer(), order);
 *         crm.after(purchase).expect("warranty.begun");
 *     }
 * }
 * }
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
     * Columns of texts that are about nobody, such as {@code site.name} for a shop's name. All others
     * that something can be written into are named by {@link #plant}.
     */
    protected Set<String> impersonal() {
        return Set.of();
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

    @Test
    void migrations_run_on_the_schema_of_every_version_before() {
        new SchemaCheck(crm).upgrade();
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
        assertEquals(List.of(), described.missing(parts()), "not described");
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
        return new PagesCheck(crm).inBothLanguages();
    }

    @TestFactory
    Stream<DynamicTest> a_public_page_at_a_wrong_address_is_a_page_all_the_same() {
        return new PagesCheck(crm).atWrongAddresses();
    }

    @Test
    void panels_render_on_the_customers_page() {
        assumeTrue(!parts().panels().isEmpty());
        new PagesCheck(crm).panels();
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
        var planted = new PersonalData(crm).check(this::plant);
        new Written(crm, this::subject).check(samples(), planted, impersonal());
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
