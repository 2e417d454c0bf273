package dev.kith.core.console.rooms;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.core.access.AccessPlugin;
import dev.kith.core.console.Console;
import dev.kith.core.customers.CustomersPlugin;
import dev.kith.core.events.Lags;
import dev.kith.core.feed.Deliveries;
import dev.kith.core.feed.EventsPlugin;
import dev.kith.core.feed.Feed;
import dev.kith.core.install.InstallPlugin;
import dev.kith.core.jobs.JobsPlugin;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginsPlugin;
import dev.kith.core.sends.SendsPlugin;
import java.util.function.Supplier;

/** Core's own rooms of the console, declared as a plugin declares its pages. */
public final class ConsolePlugin implements CrmPlugin {

    static final Permission ENTER = new Permission("console:read", "Enter the console");

    private final HomeRoom home;
    private final HomeCards cards;
    private final CustomerRoom customers;
    private final PluginRoom plugins;
    private final DeliveryRoom deliveries;
    private final KeyRoom keys;
    private final AttributeRoom attributes;
    private final WorkRoom work = new WorkRoom();

    /**
     * What the rooms read from: the same handlers that the API calls.
     *
     * @param plugins asked for when a page is, because core registers before the host is there
     */
    public record Sources(
            Supplier<PluginHost> plugins,
            InstallPlugin installs,
            CustomersPlugin customers,
            AccessPlugin access,
            Feed feed,
            Deliveries deliveries,
            Lags lags) {}

    public ConsolePlugin(Console console, Sources sources) {
        this.home = new HomeRoom(console.rooms());
        this.cards = new HomeCards(sources.customers, sources.deliveries);
        this.customers = new CustomerRoom(sources.customers, sources.feed, console.rooms());
        this.plugins = new PluginRoom(sources.plugins, sources.installs, sources.lags);
        this.deliveries = new DeliveryRoom(sources.deliveries);
        this.attributes = new AttributeRoom(sources.customers);
        this.keys = new KeyRoom(sources.access, sources.feed);
    }

    @Override
    public void register(Crm crm) {
        crm.page("/", ENTER, "console.home", home::show);
        crm.page("/customers", CustomersPlugin.READ, "console.customers", customers::list);
        crm.page(
                "/customers/new", CustomersPlugin.WRITE, "console.customer.new", customers::create);
        crm.page(
                "/customers/{customer}", CustomersPlugin.READ, "console.customer", customers::show);
        crm.page(
                "/customers/{customer}/edit",
                CustomersPlugin.WRITE,
                "console.customer.edit",
                customers::edit);
        crm.page("/plugins", PluginsPlugin.READ, "console.plugins", plugins::show);
        crm.page(
                "/plugins/packages/{sha256}", PluginsPlugin.READ, "console.package", plugins::plan);
        crm.page(
                "/subscriptions",
                EventsPlugin.DELIVERY_READ,
                "console.subscriptions",
                deliveries::show);
        crm.page("/jobs", JobsPlugin.READ, "console.jobs", work::jobs);
        crm.page("/sends", SendsPlugin.READ, "console.sends", work::sends);
        crm.page("/keys", AccessPlugin.READ_KEYS, "console.keys", keys::show);
        crm.page("/attributes", CustomersPlugin.READ, "console.attributes", attributes::show);
        registerCards(crm);
    }

    private void registerCards(Crm crm) {
        crm.card(CustomersPlugin.READ, "console.home.stages", cards::stages);
        crm.card(EventsPlugin.READ, "console.home.days", cards::days);
        crm.card(CustomersPlugin.READ, "console.home.recent", cards::latest);
        crm.card(EventsPlugin.DELIVERY_READ, "console.subscriptions", cards::deliveries);
    }
}
