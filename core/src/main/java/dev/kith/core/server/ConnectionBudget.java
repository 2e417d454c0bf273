package dev.kith.core.server;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.failure.SqlFailure;
import dev.kith.core.settings.Settings;
import java.sql.SQLException;

/**
 * Whether the database lets in all connections that all nodes may open at the same time. Without
 * that, the first busy hour is when somebody finds out.
 *
 * @param allowed what it lets in, without those it reserves
 */
record ConnectionBudget(Settings.Database settings, int allowed) {

    // The second reserve came with PostgreSQL 16.
    private static final String ALLOWED =
            "select current_setting('max_connections')::int"
                    + " - current_setting('superuser_reserved_connections')::int"
                    + " - coalesce(current_setting('reserved_connections', true)::int, 0)";

    static ConnectionBudget of(Settings.Database settings, DatabaseAddress address) {
        try (var connection = address.connect();
                var select = connection.prepareStatement(ALLOWED);
                var row = select.executeQuery()) {
            row.next();
            return new ConnectionBudget(settings, row.getInt(1));
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /**
     * @param plugins how many run on every node
     * @throws IllegalStateException if there are not enough, with what to do
     */
    void check(int plugins) {
        var core = CoreSurroundings.coreWriters(settings) + settings.readConnectionsMax();
        var each = settings.writeConnectionsMax() + settings.readConnectionsMax();
        // A node replaces one plugin at a time, and both versions have connections meanwhile.
        var pools = plugins == 0 ? 0 : plugins + 1L;
        var needed = settings.nodes() * (core + pools * each);
        if (needed > allowed) {
            throw new IllegalStateException(
                    ("%d node(s) with %d plugin(s) may open %d database connections (each node %d"
                                    + " for core, %d for each plugin, and as many again for a"
                                    + " version that replaces another), and the database lets"
                                    + " %d in: raise its max_connections by %d, or lower"
                                    + " database.nodes, database.writeConnectionsMax or"
                                    + " database.readConnectionsMax")
                            .formatted(
                                    settings.nodes(),
                                    plugins,
                                    needed,
                                    core,
                                    each,
                                    allowed,
                                    needed - allowed));
        }
    }
}
