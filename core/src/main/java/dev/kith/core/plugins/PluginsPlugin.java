package dev.kith.core.plugins;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Page;
import dev.kith.api.Permission;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.core.plugins.running.PluginStatus;
import java.util.Comparator;
import java.util.function.Supplier;

/** Core's routes about plugins: see them, switch them on and off. */
public final class PluginsPlugin implements CrmPlugin {

    public static final Permission READ =
            new Permission("plugins:read", "See plugins and their state");
    public static final Permission MANAGE =
            new Permission("plugins:manage", "Switch plugins on and off");
    public static final Permission INSTALL =
            new Permission("plugins:install", "Install, remove and restore plugins");
    public static final Permission EXPORT =
            new Permission("plugins:export", "Export all the data of a plugin");

    private final Supplier<PluginHost> host;

    /**
     * @param host asked for when a request comes, because core registers before the host is there
     */
    public PluginsPlugin(Supplier<PluginHost> host) {
        this.host = host;
    }

    @Override
    public void register(Crm crm) {
        crm.list("/plugins", READ, PluginStatus.class, this::list)
                .summary("Lists every plugin found, with its state and what it adds.");
        crm.get("/plugins/{plugin}", READ, PluginStatus.class, this::status)
                .summary("Shows one plugin, with all it says about itself.");
        crm.action("/plugins/{plugin}/enable", MANAGE, PluginStatus.class, this::enable)
                .summary("Switches a plugin on; the decision outlives a restart.")
                .fails(PluginsError.START_FAILED, PluginsError.STILL_UNDER_WAY)
                .deadline(Aside.REQUEST_WITHIN);
        crm.action("/plugins/{plugin}/replace", MANAGE, PluginStatus.class, this::replace)
                .summary("Loads a plugin again from its file, in place of the one that runs.")
                .fails(PluginsError.START_FAILED, PluginsError.STILL_UNDER_WAY)
                .deadline(Aside.REQUEST_WITHIN);
        crm.action("/plugins/{plugin}/disable", MANAGE, PluginStatus.class, this::disable)
                .summary("Switches a plugin off; its data stays.")
                .fails(PluginsError.NEEDED)
                .deadline(Aside.REQUEST_WITHIN);
    }

    Page<PluginStatus> list(Read read, Request request) {
        var rows =
                host.get().overview().statuses().stream()
                        .sorted(Comparator.comparing(PluginStatus::id))
                        .filter(status -> status.id().compareTo(request.after().orElse("")) > 0)
                        .limit(request.limit() + 1L)
                        .toList();
        return Page.of(rows, request.limit(), PluginStatus::id);
    }

    PluginStatus status(Read read, Request request) {
        return host.get().overview().details(request.path("plugin"));
    }

    // The host decides in a transaction of its own: a migration may take longer than a request's
    // transaction is allowed to be idle.
    PluginStatus enable(Transaction tx, Request request) {
        var id = host.get().status(request.path("plugin")).id();
        var by = tx.actor().toString();
        return Aside.change(id, () -> host.get().enable(id, by));
    }

    PluginStatus replace(Transaction tx, Request request) {
        var id = host.get().status(request.path("plugin")).id();
        var by = tx.actor().toString();
        return Aside.change(id, () -> host.get().reload(id, by));
    }

    PluginStatus disable(Transaction tx, Request request) {
        return host.get().disable(request.path("plugin"), tx.actor().toString());
    }
}
