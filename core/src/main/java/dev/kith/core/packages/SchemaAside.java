package dev.kith.core.packages;

import static dev.kith.core.db.Tables.CURSOR;
import static dev.kith.core.db.Tables.EVENT;
import static dev.kith.core.db.Tables.EVENT_KEY;
import static dev.kith.core.db.Tables.FACT;
import static dev.kith.core.db.Tables.JOB;
import static dev.kith.core.db.Tables.MIGRATED;
import static dev.kith.core.db.Tables.PLUGIN_DECISION;
import static dev.kith.core.db.Tables.SEND;
import static dev.kith.core.db.Tables.SEND_QUEUE;
import static dev.kith.core.db.Tables.SET_ASIDE;
import static dev.kith.core.db.Tables.SUBSCRIPTION;
import static dev.kith.core.db.Tables.TOPIC;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The data of a purged plugin under another name: its schema, renamed, with the rows that core keeps
 * for it beside its tables. So it can come back whole, its cursors where they were, and is gone as a
 * whole when the schema is dropped. Topics stay core's: events of them are in the log.
 */
public record SchemaAside(String plugin, String name) {

    private static final String PREFIX = "kith_";

    /** Rows that core keeps for a plugin. */
    private record Kept(Table<?> table, Condition ofPlugin) {}

    /** For a plugin whose data is set aside now. */
    static SchemaAside of(DSLContext on, String plugin, Instant now) {
        var millis = now.toEpochMilli();
        while (exists(on, name(plugin, millis))) {
            millis++;
        }
        return new SchemaAside(plugin, name(plugin, millis));
    }

    private static String name(String plugin, long millis) {
        return "%s_aside_%d".formatted(plugin, millis);
    }

    private List<Kept> kept() {
        var own =
                DSL.select(SUBSCRIPTION.NAME)
                        .from(SUBSCRIPTION)
                        .where(SUBSCRIPTION.PLUGIN.eq(plugin));
        return List.of(
                new Kept(CURSOR, CURSOR.SUBSCRIPTION.in(own)),
                new Kept(SET_ASIDE, SET_ASIDE.SUBSCRIPTION.in(own)),
                new Kept(SUBSCRIPTION, SUBSCRIPTION.PLUGIN.eq(plugin)),
                new Kept(JOB, JOB.PLUGIN.eq(plugin)),
                new Kept(SEND, SEND.PLUGIN.eq(plugin)),
                new Kept(SEND_QUEUE, SEND_QUEUE.PLUGIN.eq(plugin)),
                new Kept(FACT, FACT.PLUGIN.eq(plugin)),
                new Kept(PLUGIN_DECISION, PLUGIN_DECISION.PLUGIN.eq(plugin)),
                new Kept(MIGRATED, MIGRATED.SCHEMA_NAME.eq(plugin)));
    }

    void move(DSLContext on) {
        if (exists(on, plugin)) {
            on.alterSchema(DSL.name(plugin)).renameTo(DSL.name(name)).execute();
        } else {
            on.createSchema(DSL.name(name)).execute();
        }
        for (var each : kept()) {
            var rows = DSL.selectFrom(each.table()).where(each.ofPlugin());
            on.createTable(beside(each.table())).as(rows).execute();
            on.deleteFrom(each.table()).where(each.ofPlugin()).execute();
        }
    }

    /**
     * @throws WrongPackage if there is a schema of the plugin's name again
     */
    void moveBack(DSLContext on) {
        if (exists(on, plugin)) {
            throw new WrongPackage(
                    "%s is there again with data of its own, beside which what was purged cannot come back"
                            .formatted(plugin));
        }
        for (var each : kept().reversed()) {
            var columns = columns(each.table());
            on.insertInto(each.table())
                    .columns(columns)
                    .select(DSL.select(columns).from(DSL.table(beside(each.table()))))
                    .onConflictDoNothing()
                    .execute();
            on.dropTable(DSL.table(beside(each.table()))).execute();
        }
        on.alterSchema(DSL.name(name)).renameTo(DSL.name(plugin)).execute();
    }

    // What PostgreSQL numbers by itself is numbered anew.
    private static List<Field<?>> columns(Table<?> table) {
        return Arrays.stream(table.fields())
                .filter(field -> !field.getDataType().identity())
                .<Field<?>>map(field -> DSL.field(DSL.name(field.getName()), field.getDataType()))
                .toList();
    }

    private org.jooq.Name beside(Table<?> table) {
        return DSL.name(name, PREFIX + table.getName());
    }

    /**
     * Puts it in the place of the plugin's data, and that aside. What was decided about the plugin
     * stays as it is.
     *
     * @return what is set aside now
     */
    SchemaAside exchange(DSLContext on, Instant now) {
        var decided = PLUGIN_DECISION.PLUGIN.eq(plugin);
        var decision = on.selectFrom(PLUGIN_DECISION).where(decided).fetch();
        var newer = of(on, plugin, now);
        newer.move(on);
        moveBack(on);
        on.deleteFrom(PLUGIN_DECISION).where(decided).execute();
        decision.forEach(row -> {
            row.touched(true);
            on.insertInto(PLUGIN_DECISION).set(row).execute();
        });
        return newer;
    }

    /** Drops it, and nothing that a plugin of this name uses now. */
    void dropAlone(DSLContext on) {
        on.dropSchemaIfExists(DSL.name(name)).cascade().execute();
    }

    /** Drops it all, and what else is known of the plugin and is in no event. */
    void drop(DSLContext on) {
        dropAlone(on);
        on.select(DSL.function(DSL.name("kith", "drop_login"), Object.class, DSL.val(plugin)))
                .execute();
        var inUse = DSL.selectOne().from(EVENT).where(EVENT.TOPIC.eq(TOPIC.NAME));
        on.deleteFrom(TOPIC).where(TOPIC.OWNER.eq(plugin)).andNotExists(inUse).execute();
        // Keys of events that are still there go on telling repetitions apart.
        var owns = DSL.selectOne().from(TOPIC).where(TOPIC.OWNER.eq(plugin));
        on.deleteFrom(EVENT_KEY).where(EVENT_KEY.SOURCE.eq(plugin)).andNotExists(owns).execute();
    }

    static boolean exists(DSLContext on, String schema) {
        return on.fetchExists(
                DSL.selectOne()
                        .from(DSL.table(DSL.name("pg_catalog", "pg_namespace")))
                        .where(DSL.field(DSL.name("nspname"), String.class).eq(schema)));
    }
}
