package dev.kith.core.install;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.core.packages.InstalledTable;
import dev.kith.core.packages.PackageStore;
import dev.kith.core.packages.Removal;
import dev.kith.core.packages.StoredPackage;
import dev.kith.core.plugins.Aside;
import dev.kith.core.plugins.PluginsError;
import dev.kith.core.plugins.PluginsPlugin;
import dev.kith.core.plugins.running.PluginStatus;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Core's routes about packages, and about taking plugins away and bringing them back. */
public final class InstallPlugin implements CrmPlugin {

    /** @param purge whether its data goes too, after a while; absent: it stays */
    public record Removing(@Nullable Boolean purge) {
        static final Removing EXAMPLE = new Removing(false);

        boolean purges() {
            return purge != null && purge;
        }
    }

    private final Supplier<Installing> installing;
    private final Semaphore planning = new Semaphore(1);

    /**
     * @param installing asked for when a request comes, because core registers before it is there
     */
    public InstallPlugin(Supplier<Installing> installing) {
        this.installing = installing;
    }

    @Override
    public void register(Crm crm) {
        crm.list("/plugins/packages", PluginsPlugin.READ, StoredPackage.class, this::packages)
                .summary("Lists packages that were uploaded, installed or not.");
        crm.get("/plugins/packages/{sha256}", PluginsPlugin.READ, Plan.class, this::plan)
                .summary("Shows what installing a package would do.");
        crm.action(
                        "/plugins/packages/{sha256}/install",
                        PluginsPlugin.INSTALL,
                        PluginStatus.class,
                        this::install)
                .summary("Installs a package, or puts it in the place of another version.")
                .fails(
                        InstallError.PACKAGE_REFUSED,
                        PluginsError.START_FAILED,
                        PluginsError.STILL_UNDER_WAY)
                .deadline(Aside.REQUEST_WITHIN);
        crm.delete("/plugins/packages/{sha256}", PluginsPlugin.INSTALL, this::discard)
                .summary("Forgets a package that is not installed.")
                .fails(InstallError.PACKAGE_IN_USE);
        crm.list("/plugins/removed", PluginsPlugin.READ, Removal.class, this::removed)
                .summary("Lists plugins that were removed and can be brought back.");
        crm.action(
                        "/plugins/{plugin}/remove",
                        PluginsPlugin.INSTALL,
                        Removing.class,
                        Removal.class,
                        this::remove)
                .summary("Takes a plugin away; its data stays, or is set aside and dropped later.")
                .example(Removing.EXAMPLE)
                .fails(PluginsError.NEEDED, InstallError.SET_ASIDE)
                .deadline(Aside.REQUEST_WITHIN);
        crm.action(
                        "/plugins/{plugin}/restore",
                        PluginsPlugin.INSTALL,
                        PluginStatus.class,
                        this::restore)
                .summary("Brings a removed plugin back, with its data.")
                .fails(InstallError.SET_ASIDE, PluginsError.STILL_UNDER_WAY)
                .deadline(Aside.REQUEST_WITHIN);
        crm.action(
                        "/plugins/{plugin}/exchange",
                        PluginsPlugin.INSTALL,
                        Removal.class,
                        this::exchange)
                .summary("Lets purged data and newer data of a plugin that is off change places.")
                .fails(InstallError.MUST_BE_OFF)
                .deadline(Aside.REQUEST_WITHIN);
    }

    Removal exchange(Transaction tx, Request request) {
        return installer().exchange(request.path("plugin"));
    }

    private Installer installer() {
        return installing.get().installer();
    }

    Page<StoredPackage> packages(Read read, Request request) {
        PackageStore store = installing.get().store();
        var rows = store.list(read.sql(), request.after().orElse(""), request.limit() + 1);
        return Page.of(rows, request.limit(), StoredPackage::sha256);
    }

    // It reads on a connection of its own beside that of the route; many at once would wait for
    // each other's.
    public Plan plan(Read read, Request request) {
        if (!planning.tryAcquire()) {
            throw StandardError.OVERLOADED.because("another plan is being made; ask again");
        }
        try {
            return installer().plan(request.path("sha256"));
        } finally {
            planning.release();
        }
    }

    PluginStatus install(Transaction tx, Request request) {
        var sha256 = request.path("sha256");
        var by = tx.actor().toString();
        return Aside.change(installer().plugin(sha256), () -> installer().install(sha256, by));
    }

    void discard(Transaction tx, Request request) {
        installer().discard(request.path("sha256"));
    }

    public Page<Removal> removed(Read read, Request request) {
        InstalledTable table = installing.get().table();
        var rows = table.removals(read.sql(), request.after().orElse(""), request.limit() + 1);
        return Page.of(rows, request.limit(), Removal::plugin);
    }

    Removal remove(Transaction tx, Request request, Removing removing) {
        return installer().remove(request.path("plugin"), removing.purges(), tx.actor().toString());
    }

    PluginStatus restore(Transaction tx, Request request) {
        var id = request.path("plugin");
        var by = tx.actor().toString();
        return Aside.change(id, () -> installer().restore(id, by));
    }
}
