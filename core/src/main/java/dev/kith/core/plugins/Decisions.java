package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the database remembers of plugins: what operators decided, and who owns which topic. */
final class Decisions {

    private static final String ALL = "select plugin, enabled from kith.plugin_decision";
    private static final String STORE =
            "insert into kith.plugin_decision (plugin, enabled, decided_by, decided_at)"
                    + " values (?, ?, ?, ?) on conflict (plugin) do update set"
                    + " enabled = excluded.enabled, decided_by = excluded.decided_by,"
                    + " decided_at = excluded.decided_at";
    private static final String OWNERS = "select name, owner from kith.topic where name = any (?)";

    // Whoever owns topics has run before, and what stands under its name is its own.
    private static final String STRANGER =
            "select exists (select from kith.api_key where name = ?) or (exists (select from"
                    + " kith.event_key where source = ?) and not exists (select from kith.topic"
                    + " where owner = ?))";

    private final Area core;

    Decisions(Area core) {
        this.core = core;
    }

    Map<String, Boolean> all() {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(ALL);
                var row = select.executeQuery()) {
            var decided = new HashMap<String, Boolean>();
            while (row.next()) {
                decided.put(row.getString(1), row.getBoolean(2));
            }
            return decided;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    void store(String plugin, boolean enabled, String by, Instant at) {
        try (var connection = core.pools().write();
                var upsert = connection.prepareStatement(STORE)) {
            upsert.setString(1, plugin);
            upsert.setBoolean(2, enabled);
            upsert.setString(3, by);
            upsert.setTimestamp(4, Timestamp.from(at));
            upsert.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Whether somebody outside speaks under this name. */
    boolean strangerHas(String plugin) {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(STRANGER)) {
            select.setString(1, plugin);
            select.setString(2, plugin);
            select.setString(3, plugin);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    Map<String, String> owners(Collection<String> topics) {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(OWNERS)) {
            select.setArray(1, connection.createArrayOf("text", topics.toArray()));
            var owners = new HashMap<String, String>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    owners.put(row.getString(1), row.getString(2));
                }
            }
            return owners;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
