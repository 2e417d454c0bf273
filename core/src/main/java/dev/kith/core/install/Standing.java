package dev.kith.core.install;

import static dev.kith.core.db.Tables.API_KEY;
import static dev.kith.core.db.Tables.EVENT_KEY;
import static dev.kith.core.db.Tables.FACT;
import static dev.kith.core.db.Tables.SUBSCRIPTION;
import static dev.kith.core.db.Tables.TOPIC;

import dev.kith.core.packages.CoreSql;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What the database knows that a package has to go together with.
 *
 * @param topics who owns each
 * @param facts whose each is
 * @param subscriptions the topic of each, by name
 * @param nameTaken whether somebody outside speaks under the plugin's name
 * @param foreignSchema whether there is a schema of its name that Kith did not make
 */
record Standing(
        Map<String, String> topics,
        Map<String, String> facts,
        Map<String, String> subscriptions,
        boolean nameTaken,
        boolean foreignSchema) {

    private static final String HISTORY = "flyway_schema_history";

    static Standing of(CoreSql sql, String plugin) {
        return sql.read(on ->
                new Standing(
                        on.select(TOPIC.NAME, TOPIC.OWNER)
                                .from(TOPIC)
                                .fetchMap(TOPIC.NAME, TOPIC.OWNER),
                        on.select(FACT.NAME, FACT.PLUGIN)
                                .from(FACT)
                                .fetchMap(FACT.NAME, FACT.PLUGIN),
                        on.select(SUBSCRIPTION.NAME, SUBSCRIPTION.TOPIC)
                                .from(SUBSCRIPTION)
                                .fetchMap(SUBSCRIPTION.NAME, SUBSCRIPTION.TOPIC),
                        isNameTaken(on, plugin),
                        isForeign(on, plugin)));
    }

    // Whoever owns topics has run before, and what stands under its name is its own.
    private static boolean isNameTaken(DSLContext on, String plugin) {
        return on.fetchExists(API_KEY, API_KEY.NAME.eq(plugin))
                || (on.fetchExists(EVENT_KEY, EVENT_KEY.SOURCE.eq(plugin))
                        && !on.fetchExists(TOPIC, TOPIC.OWNER.eq(plugin)));
    }

    private static boolean isForeign(DSLContext on, String plugin) {
        var schema = DSL.field(DSL.name("schemaname"), String.class).eq(plugin);
        var history = DSL.field(DSL.name("tablename"), String.class).eq(HISTORY);
        var tables = DSL.table(DSL.name("pg_catalog", "pg_tables"));
        return on.fetchExists(tables, schema) && !on.fetchExists(tables, schema.and(history));
    }

    Set<String> consumersOf(String topic) {
        return subscriptions.entrySet().stream()
                .filter(each -> each.getValue().equals(topic))
                .map(Map.Entry::getKey)
                .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
    }
}
