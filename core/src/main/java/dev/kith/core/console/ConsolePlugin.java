package dev.kith.core.console;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Permission;
import dev.kith.core.customers.CustomersPlugin;
import dev.kith.core.feed.Deliveries;
import dev.kith.core.feed.EventsPlugin;
import dev.kith.core.feed.Feed;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.plugins.PluginsPlugin;
import java.util.function.Supplier;

/** Core's own rooms of the console, declared as a plugin declares its pages. */
public final class ConsolePlugin implements CrmPlugin {

    static final Permission ENTER = new Permission("console:read", "Enter the console");

    private final HomeRoom home;
    private final CustomerRoom customers;
    private final PluginRoom plugins;
    private final DeliveryRoom deliveries;

    /**
     * What the rooms read from: the same handlers that the API calls.
     *
     * @param plugins asked for when a page is, because core registers before the host is there
     */
    public record Sources(
            Supplier<PluginHost> plugins,
            CustomersPlugin customers,
            Feed feed,
            Deliveries deliveries) {}

    public ConsolePlugin(Console console, Sources sources) {
        this.home = new HomeRoom(console.rooms());
        this.customers = new CustomerRoom(sources.customers, sources.feed, console.rooms());
        this.plugins = new PluginRoom(sources.plugins);
        this.deliveries = new DeliveryRoom(sources.deliveries);
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
                "/subscriptions",
                EventsPlugin.DELIVERY_READ,
                "console.subscriptions",
                deliveries::show);
    }
}
