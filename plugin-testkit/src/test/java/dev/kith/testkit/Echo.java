package dev.kith.testkit;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import java.time.Duration;
import java.util.Map;
import org.jooq.impl.DSL;

/** Says again what it hears, and a day later once more; in two steps, and not everything. */
public final class Echo implements CrmPlugin {

    static final String TABLES =
            """
            create table echo.heard (id uuid not null primary key, customer_id uuid not null);
            create table echo.said (heard_id uuid not null references echo.heard (id));
            """;

    record Said(String text) {}

    @Override
    public void register(Crm crm) {
        crm.accepts("word.said", Said.class);
        crm.publishes("word.heard", Said.class);
        crm.publishes("word.echoed", Said.class);
        crm.publishes("word.faded", Said.class);
        crm.on("word.said", Said.class, "hear", Echo::hear);
        crm.on("word.heard", Said.class, "answer", Echo::answer);
        crm.timer(
                "fade",
                Said.class,
                (tx, said) -> {
                    tx.publish("word.faded", null, said);
                });
        crm.personalData((read, customer) -> Map.of(), (tx, customer) -> {});
    }

    private static void hear(Transaction tx, Event<Said> event) {
        tx.sql()
                .insertInto(DSL.table(DSL.name("echo", "heard")))
                .values(event.id(), event.of().value())
                .execute();
        tx.sql().insertInto(DSL.table(DSL.name("echo", "said"))).values(event.id()).execute();
        tx.later(tx.now().plus(Duration.ofDays(1)), "fade", event.payload());
        tx.publish("word.heard", event.of(), event.payload());
    }

    private static void answer(Transaction tx, Event<Said> event) {
        if (event.payload().text().equals("nothing")) {
            throw new IllegalStateException("there is nothing to say");
        }
        tx.publish("word.echoed", event.of(), event.payload());
    }
}
