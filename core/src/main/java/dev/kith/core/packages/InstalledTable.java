package dev.kith.core.packages;

import static dev.kith.core.db.Tables.PLUGIN_DECISION;
import static dev.kith.core.db.Tables.PLUGIN_INSTALLED;
import static dev.kith.core.db.Tables.PLUGIN_REMOVED;

import dev.kith.core.connections.Pools;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Which packages are installed and which plugins were removed, for all nodes. */
public final class InstalledTable {

    private final CoreSql sql;

    public InstalledTable(CoreSql sql) {
        this.sql = sql;
    }

    /** The SHA-256 of the package of each, by the plugin's id. */
    public Map<String, String> installed() {
        return sql.read(on ->
                on.select(PLUGIN_INSTALLED.PLUGIN, PLUGIN_INSTALLED.SHA256)
                        .from(PLUGIN_INSTALLED)
                        .fetchMap(PLUGIN_INSTALLED.PLUGIN, PLUGIN_INSTALLED.SHA256));
    }

    /** The ids of plugins that were removed and not installed again since. */
    public Set<String> removed() {
        return sql.read(on ->
                on.select(PLUGIN_REMOVED.PLUGIN)
                        .from(PLUGIN_REMOVED)
                        .where(
                                PLUGIN_REMOVED.PLUGIN.notIn(
                                        DSL.select(PLUGIN_INSTALLED.PLUGIN).from(PLUGIN_INSTALLED)))
                        .fetchSet(PLUGIN_REMOVED.PLUGIN));
    }

    /** From now on this package is that plugin, and it is on. */
    public void install(String plugin, String sha256, String by, Instant now) {
        sql.write(on -> {
            on.insertInto(PLUGIN_INSTALLED)
                    .set(PLUGIN_INSTALLED.PLUGIN, plugin)
                    .set(PLUGIN_INSTALLED.SHA256, sha256)
                    .set(PLUGIN_INSTALLED.INSTALLED_BY, by)
                    .set(PLUGIN_INSTALLED.INSTALLED_AT, now)
                    .onConflict(PLUGIN_INSTALLED.PLUGIN)
                    .doUpdate()
                    .setAllToExcluded()
                    .execute();
            on.insertInto(PLUGIN_DECISION)
                    .set(PLUGIN_DECISION.PLUGIN, plugin)
                    .set(PLUGIN_DECISION.ENABLED, true)
                    .set(PLUGIN_DECISION.DECIDED_BY, by)
                    .set(PLUGIN_DECISION.DECIDED_AT, now)
                    .onConflict(PLUGIN_DECISION.PLUGIN)
                    .doUpdate()
                    .setAllToExcluded()
                    .execute();
            // Data that is set aside stays so until its time.
            return on.deleteFrom(PLUGIN_REMOVED)
                    .where(PLUGIN_REMOVED.PLUGIN.eq(plugin))
                    .and(PLUGIN_REMOVED.SET_ASIDE.isNull())
                    .execute();
        });
    }

    /**
     * Takes a plugin away, for all nodes; its data is set aside if the removal says so.
     */
    public Removal remove(Removal removal) {
        return sql.write(on -> {
            var aside =
                    removal.purged()
                            ? Optional.of(SchemaAside.of(on, removal.plugin(), removal.removedAt()))
                            : Optional.<SchemaAside>empty();
            on.deleteFrom(PLUGIN_INSTALLED)
                    .where(PLUGIN_INSTALLED.PLUGIN.eq(removal.plugin()))
                    .execute();
            aside.ifPresent(schema -> schema.move(on));
            on.insertInto(PLUGIN_REMOVED)
                    .set(PLUGIN_REMOVED.PLUGIN, removal.plugin())
                    .set(PLUGIN_REMOVED.VERSION, removal.version())
                    .set(PLUGIN_REMOVED.SHA256, removal.sha256())
                    .set(PLUGIN_REMOVED.REMOVED_BY, removal.removedBy())
                    .set(PLUGIN_REMOVED.REMOVED_AT, removal.removedAt())
                    .set(PLUGIN_REMOVED.SET_ASIDE, aside.map(SchemaAside::name).orElse(null))
                    .set(PLUGIN_REMOVED.DROP_AT, removal.droppedAt())
                    .onConflict(PLUGIN_REMOVED.PLUGIN)
                    .doUpdate()
                    .setAllToExcluded()
                    // What an earlier purge set aside still goes at its time.
                    .set(PLUGIN_REMOVED.SET_ASIDE, unlessNull(PLUGIN_REMOVED.SET_ASIDE))
                    .set(PLUGIN_REMOVED.DROP_AT, unlessNull(PLUGIN_REMOVED.DROP_AT))
                    .execute();
            return removal;
        });
    }

    private static <T> Field<T> unlessNull(Field<T> column) {
        return DSL.coalesce(DSL.excluded(column), column);
    }

    public List<Removal> removals(DSLContext on, String after, int limit) {
        return on.selectFrom(PLUGIN_REMOVED)
                .where(PLUGIN_REMOVED.PLUGIN.gt(after))
                .orderBy(PLUGIN_REMOVED.PLUGIN)
                .limit(limit)
                .fetch(InstalledTable::removal);
    }

    public Optional<Removal> findRemoval(String plugin) {
        return sql.read(on ->
                on.selectFrom(PLUGIN_REMOVED)
                        .where(PLUGIN_REMOVED.PLUGIN.eq(plugin))
                        .fetchOptional(InstalledTable::removal));
    }

    /**
     * Brings a plugin back as it was when it was removed last: with its data if that was set aside
     * then. What only an earlier purge set aside stays so until its time.
     */
    public void restore(Removal removal, String by, Instant now) {
        sql.write(on -> {
            var aside =
                    on.select(PLUGIN_REMOVED.SET_ASIDE)
                            .from(PLUGIN_REMOVED)
                            .where(PLUGIN_REMOVED.PLUGIN.eq(removal.plugin()))
                            .forUpdate()
                            .fetchOptional(PLUGIN_REMOVED.SET_ASIDE);
            var keptData = removal.sha256() != null && hasNewerData(on, removal.plugin());
            if (!keptData) {
                aside.ifPresent(name -> new SchemaAside(removal.plugin(), name).moveBack(on));
            }
            if (!keptData || aside.isEmpty()) {
                forgetRemoval(on, removal.plugin());
            }
            if (removal.sha256() != null) {
                on.insertInto(PLUGIN_INSTALLED)
                        .set(PLUGIN_INSTALLED.PLUGIN, removal.plugin())
                        .set(PLUGIN_INSTALLED.SHA256, removal.sha256())
                        .set(PLUGIN_INSTALLED.INSTALLED_BY, by)
                        .set(PLUGIN_INSTALLED.INSTALLED_AT, now)
                        .execute();
            }
            return removal;
        });
    }

    /** Whether a node has connections of a plugin: it runs there, or has not come to its end yet. */
    public boolean isConnected(String plugin) {
        var activity = DSL.table(DSL.name("pg_catalog", "pg_stat_activity"));
        var database = DSL.field(DSL.name("datname"), String.class);
        var application = DSL.field(DSL.name("application_name"), String.class);
        return sql.read(on ->
                on.fetchExists(
                        DSL.selectOne()
                                .from(activity)
                                .where(database.eq(DSL.function("current_database", String.class)))
                                .and(application.eq(Pools.application(plugin)))));
    }

    /**
     * Lets the data of a plugin and what is set aside of it change places.
     *
     * @param dropAt when that is dropped which is set aside now
     * @return false if there is not both
     */
    public boolean exchange(String plugin, Instant now, Instant dropAt) {
        return sql.write(on -> {
            var aside =
                    on.select(PLUGIN_REMOVED.SET_ASIDE)
                            .from(PLUGIN_REMOVED)
                            .where(PLUGIN_REMOVED.PLUGIN.eq(plugin))
                            .forUpdate()
                            .fetchOptional(PLUGIN_REMOVED.SET_ASIDE);
            if (aside.isEmpty() || !SchemaAside.exists(on, plugin)) {
                return false;
            }
            var newer = new SchemaAside(plugin, aside.get()).exchange(on, now);
            on.update(PLUGIN_REMOVED)
                    .set(PLUGIN_REMOVED.SET_ASIDE, newer.name())
                    .set(PLUGIN_REMOVED.DROP_AT, dropAt)
                    .where(PLUGIN_REMOVED.PLUGIN.eq(plugin))
                    .execute();
            return true;
        });
    }

    // It was removed without a purge since, so what is there is what it had last.
    private static boolean hasNewerData(DSLContext on, String plugin) {
        return SchemaAside.exists(on, plugin)
                && !on.fetchExists(PLUGIN_INSTALLED, PLUGIN_INSTALLED.PLUGIN.eq(plugin));
    }

    private static int forgetRemoval(DSLContext on, String plugin) {
        return on.deleteFrom(PLUGIN_REMOVED).where(PLUGIN_REMOVED.PLUGIN.eq(plugin)).execute();
    }

    /**
     * Drops one schema whose time has come, and all that is left of its plugin unless that has been
     * installed again since.
     *
     * @return the plugin's id; empty if there is none
     */
    public Optional<String> dropDue(Instant now) {
        return sql.write(on -> {
            var due =
                    on.selectFrom(PLUGIN_REMOVED)
                            .where(PLUGIN_REMOVED.DROP_AT.le(now))
                            .orderBy(PLUGIN_REMOVED.DROP_AT)
                            .limit(1)
                            .forUpdate()
                            .skipLocked()
                            .fetchOptional();
            due.ifPresent(row -> drop(on, row));
            return due.map(row -> row.get(PLUGIN_REMOVED.PLUGIN));
        });
    }

    private static void drop(DSLContext on, Record row) {
        var plugin = row.get(PLUGIN_REMOVED.PLUGIN);
        var aside = new SchemaAside(plugin, row.get(PLUGIN_REMOVED.SET_ASIDE));
        var again = isThereAgain(on, plugin);
        if (again) {
            aside.dropAlone(on);
        } else {
            aside.drop(on);
        }
        var installed = on.fetchExists(PLUGIN_INSTALLED, PLUGIN_INSTALLED.PLUGIN.eq(plugin));
        var fromFolder = row.get(PLUGIN_REMOVED.SHA256) == null;
        // One from the distribution's folder stays away, as it was removed; so does one that was
        // removed again, without its data.
        if (!installed && (again || fromFolder)) {
            on.update(PLUGIN_REMOVED)
                    .setNull(PLUGIN_REMOVED.SET_ASIDE)
                    .setNull(PLUGIN_REMOVED.DROP_AT)
                    .where(PLUGIN_REMOVED.PLUGIN.eq(plugin))
                    .execute();
        } else {
            forgetRemoval(on, plugin);
        }
    }

    // A purge takes the decision about a plugin away, and installing it writes one.
    private static boolean isThereAgain(DSLContext on, String plugin) {
        return SchemaAside.exists(on, plugin)
                || on.fetchExists(PLUGIN_DECISION, PLUGIN_DECISION.PLUGIN.eq(plugin));
    }

    private static Removal removal(Record row) {
        return new Removal(
                row.get(PLUGIN_REMOVED.PLUGIN),
                row.get(PLUGIN_REMOVED.VERSION),
                row.get(PLUGIN_REMOVED.SHA256),
                row.get(PLUGIN_REMOVED.REMOVED_BY),
                row.get(PLUGIN_REMOVED.REMOVED_AT),
                row.get(PLUGIN_REMOVED.SET_ASIDE) != null,
                row.get(PLUGIN_REMOVED.DROP_AT));
    }
}
