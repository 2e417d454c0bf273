package bench;

import dev.kith.api.Crm;
import dev.kith.api.CrmPlugin;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Counts purchases per customer: one statement per event with {@code on}, or one row per customer of
 * a batch with {@code onBatch}. The same table, so that only the way of delivery differs.
 */
public class Each implements CrmPlugin {

    record Purchase(String orderId) {}

    static final Table<Record> ACCOUNT = DSL.table(DSL.name("account"));
    static final Field<UUID> CUSTOMER = DSL.field(DSL.name("customer_id"), SQLDataType.UUID);
    static final Field<Long> PURCHASES = DSL.field(DSL.name("purchases"), SQLDataType.BIGINT);
    private static final Field<Long> SO_FAR =
            DSL.field(DSL.name("account", "purchases"), SQLDataType.BIGINT);

    @Override
    public void register(Crm crm) {
        crm.on("purchase.completed", Purchase.class, "count", Each::count).fromBeginning();
    }

    static void count(Transaction tx, Event<Purchase> event) {
        add(tx, event.of(), 1);
    }

    static void add(Transaction tx, CustomerId customer, long purchases) {
        tx.sql()
                .insertInto(ACCOUNT, CUSTOMER, PURCHASES)
                .values(customer.value(), purchases)
                .onConflict(CUSTOMER)
                .doUpdate()
                .set(PURCHASES, SO_FAR.plus(purchases))
                .execute();
    }

    /** The same with batches. */
    public static final class Batch extends Each {
        @Override
        public void register(Crm crm) {
            crm.onBatch("purchase.completed", Purchase.class, "count", Batch::countAll)
                    .fromBeginning();
        }

        static void countAll(Transaction tx, List<Event<Purchase>> events) {
            var purchases = new HashMap<CustomerId, Long>();
            events.forEach(event -> purchases.merge(event.of(), 1L, Long::sum));
            var insert = tx.sql().insertInto(ACCOUNT, CUSTOMER, PURCHASES);
            purchases.forEach((customer, n) -> insert.values(customer.value(), n));
            insert.onConflict(CUSTOMER)
                    .doUpdate()
                    .set(PURCHASES, SO_FAR.plus(DSL.excluded(PURCHASES)))
                    .execute();
        }
    }
}
