package com.example.warranty;

import static com.example.warranty.db.Tables.COVER;

import com.example.warranty.Cover.Begun;
import com.example.warranty.Cover.Ended;
import com.example.warranty.Cover.Purchase;
import dev.kith.api.CustomerId;
import dev.kith.api.Event;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.Transaction;
import dev.kith.api.View;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Warranties: each purchase begins one, and time ends it. */
record Covers(WarrantyConfig config) {

    static final String BEGUN = "warranty.begun";
    static final String ENDED = "warranty.ended";

    private static final int SHOWN_MAX = 20;

    /** How long a warranty lasts. */
    record Terms(int months) {}

    Terms terms(Read read, Request request) {
        return new Terms(config.months());
    }

    Page<Cover> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString).map(COVER.ID::lt);
        var which = COVER.CUSTOMER_ID.eq(request.customer("customer"));
        var rows = covers(read, which.and(after.orElse(DSL.noCondition())), request.limit() + 1);
        return Page.of(rows, request.limit(), cover -> cover.id().toString());
    }

    /** Of {@code purchase.completed}. The same order told twice has one warranty. */
    void begin(Transaction tx, Event<Purchase> event) {
        var orderId = event.payload().orderId();
        if (event.customer() == null || orderId == null) {
            return;
        }
        var cover = new Cover(tx.newId(), event.of(), orderId, end(event.occurredAt()), false);
        if (insert(tx, cover)) {
            tx.publish(BEGUN, event.of(), new Begun(cover.id(), orderId, cover.endsAt()));
            tx.later(cover.endsAt(), "end", new Cover.Key(cover.id()));
            if (config.maker() != null) {
                tx.send("register", new Cover.Key(cover.id()));
            }
        }
    }

    private Instant end(Instant bought) {
        return bought.atOffset(ZoneOffset.UTC).plusMonths(config.months()).toInstant();
    }

    private static boolean insert(Transaction tx, Cover cover) {
        return tx.sql()
                        .insertInto(COVER)
                        .set(COVER.ID, cover.id())
                        .set(COVER.CUSTOMER_ID, cover.customerId())
                        .set(COVER.ORDER_ID, cover.orderId())
                        .set(COVER.ENDS_AT, cover.endsAt())
                        .set(COVER.ENDED, false)
                        .onConflict(COVER.CUSTOMER_ID, COVER.ORDER_ID)
                        .doNothing()
                        .execute()
                == 1;
    }

    /** The timer's: time is up. */
    void end(Transaction tx, Cover.Key key) {
        tx.sql()
                .update(COVER)
                .set(COVER.ENDED, true)
                .where(COVER.ID.eq(key.coverId()))
                .and(COVER.ENDED.isFalse())
                .returning(COVER.CUSTOMER_ID, COVER.ORDER_ID)
                .fetchOptional()
                .ifPresent(row ->
                        tx.publish(
                                ENDED,
                                row.get(COVER.CUSTOMER_ID),
                                new Ended(key.coverId(), row.get(COVER.ORDER_ID))));
    }

    /** Fact: how many warranties run now. Who never bought anything has none. */
    Map<CustomerId, Long> running(Read read, Set<CustomerId> customers) {
        var running = new HashMap<CustomerId, Long>();
        customers.forEach(customer -> running.put(customer, 0L));
        read.sql()
                .select(COVER.CUSTOMER_ID, DSL.count())
                .from(COVER)
                .where(COVER.CUSTOMER_ID.in(customers))
                .and(COVER.ENDED.isFalse())
                .groupBy(COVER.CUSTOMER_ID)
                .forEach(row -> running.put(row.value1(), row.value2().longValue()));
        return running;
    }

    View panel(Read read, CustomerId customer) {
        return View.of("panel.jte", "covers", of(read, customer));
    }

    static List<Cover> of(Read read, CustomerId customer) {
        return covers(read, COVER.CUSTOMER_ID.eq(customer), SHOWN_MAX);
    }

    /** Which order was whose is nobody's business any more. */
    static void erase(Transaction tx, CustomerId customer) {
        tx.sql()
                .deleteFrom(COVER)
                .where(COVER.CUSTOMER_ID.eq(customer))
                .returning(COVER.ID)
                .fetch(COVER.ID)
                .forEach(cover -> tx.cancel("end", new Cover.Key(cover)));
    }

    private static List<Cover> covers(Read read, Condition which, int max) {
        return read.sql()
                .select(COVER.ID, COVER.CUSTOMER_ID, COVER.ORDER_ID, COVER.ENDS_AT, COVER.ENDED)
                .from(COVER)
                .where(which)
                .orderBy(COVER.ID.desc())
                .limit(max)
                .fetch(row ->
                        new Cover(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                row.value5()));
    }
}
