package dev.kith.core.install;

import dev.kith.core.database.UnitOfWork;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.packages.InstalledTable;
import dev.kith.core.packages.PackageStore;
import java.time.Duration;
import java.util.List;

/** The parts of installing on one node, put together. */
public record Installing(
        Installer installer, PackageStore store, InstalledTable table, List<RawRoute> routes) {

    public Installing {
        routes = List.copyOf(routes);
    }

    public static Installing of(Surroundings around, UnitOfWork work, Duration purgeAfter) {
        var store = new PackageStore(around.sql(), around.packages());
        var table = new InstalledTable(around.sql());
        var installer = new Installer(around, store, table, work.clock(), purgeAfter);
        var core = around.sql().core();
        var routes =
                List.of(
                        new Upload(installer, store, work, core).route(),
                        new Export(around.host(), core, work).route());
        return new Installing(installer, store, table, routes);
    }
}
