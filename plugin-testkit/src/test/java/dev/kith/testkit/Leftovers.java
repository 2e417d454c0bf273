package dev.kith.testkit;

import dev.kith.core.database.Cause;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What a plugin that is gone has left to the operator. Written by core: no plugin may. */
record Leftovers(TestCrm crm) {

    /** A timer that has failed too often. */
    UUID parkedTimer(String key, String error) {
        return insert(
                """
                insert into kith.job (id, plugin, name, key, due_at, parked, attempts, error)
                values ({0}, 'gone', cast({0} as text), {1}, now(), true, 8, {2})\
                """,
                key, error);
    }

    /** A send that has failed too often. */
    UUID parkedSend(String error) {
        return insert(
                """
                insert into kith.send
                    (id, plugin, name, payload, state, attempts, due_at, error, created_at)
                values ({0}, 'gone', {1}, '{}', 'parked', 8, now(), {2}, now())\
                """,
                "letter", error);
    }

    /** Something that is to be sent, but not soon: for a webhook, or by nobody's plugin. */
    UUID waitingSend(@Nullable String webhook) {
        var notice =
                Map.of(
                        "webhook",
                        webhook == null ? UUID.randomUUID() : webhook,
                        "event",
                        UUID.randomUUID(),
                        "position",
                        1,
                        "topic",
                        "wish.made");
        return insert(
                """
                insert into kith.send
                    (id, plugin, name, payload, state, due_at, created_at, queue)
                values ({0}, 'gone', 'tell', cast({1} as jsonb), 'waiting', '2100-01-01', now(),
                        cast({2} as uuid))\
                """,
                crm.node().core().json().write(notice), webhook);
    }

    /** A key from before a plugin of its name was there. */
    UUID key(String name) {
        return insert(
                """
                insert into kith.api_key
                    (id, name, hash, permissions, topics, created_by, created_at)
                values ({0}, {1}, sha256(convert_to({1}, 'UTF8')), '{}', '{}', coalesce({2}, 'test'), now())\
                """,
                name, "test");
    }

    private UUID insert(String sql, String first, @Nullable String second) {
        var core = crm.node().core();
        var cause = Cause.of("test", Cause.Kind.JOB, null);
        return crm.node()
                .work()
                .write(
                        core,
                        cause,
                        tx -> {
                            var id = UUID.randomUUID();
                            tx.sql().execute(sql, DSL.val(id), DSL.val(first), DSL.val(second));
                            return id;
                        });
    }
}
