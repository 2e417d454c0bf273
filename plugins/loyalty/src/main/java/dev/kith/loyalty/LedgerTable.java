package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static dev.kith.loyalty.db.Tables.ENTRY;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The SQL of entries and accounts. */
final class LedgerTable {

    /** One entry to be added. */
    record Credit(
            UUID id,
            CustomerId customer,
            Kind kind,
            long points,
            Reason reason,
            @Nullable String note,
            @Nullable UUID cause,
            Instant occurredAt,
            @Nullable Instant expiresAt) {}

    /** A credit that was not known before, and the balance after it. */
    record Applied(Credit credit, long balance) {}

    record Totals(long balance, long held, long lifetimeEarned, @Nullable Instant nextExpiryAt) {
        static final Totals ZERO = new Totals(0, 0, 0, null);
    }

    // One statement for any number: entries whose cause is known fall out, the rest is summed up
    // per account. Set-based, because a statement per purchase is a quarter as fast.
    private static final String CREDIT =
            """
            with fresh as (
                insert into loyalty.entry (id, customer_id, original_customer_id, kind, points,
                                           reason, note, cause_id, occurred_at, created_at,
                                           expires_at)
                select c.id, c.customer, c.customer, c.kind, c.points, c.reason, c.note, c.cause,
                       c.occurred, {9}, c.expires
                  from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8})
                       as c (id, customer, kind, points, reason, note, cause, occurred, expires)
                    on conflict (cause_id, kind) do nothing
                returning id, customer_id, points, expires_at
            ), changed as (
                insert into loyalty.account as a (customer_id, balance, held, lifetime_earned,
                                                  next_expiry_at, updated_at)
                select customer_id, sum(points), 0,
                       sum(greatest(points, 0)), min(expires_at), {9}
                  from fresh
                 group by customer_id
                 order by customer_id
                    on conflict (customer_id) do update
                   set balance = a.balance + excluded.balance,
                       lifetime_earned = a.lifetime_earned + excluded.lifetime_earned,
                       next_expiry_at = least(a.next_expiry_at, excluded.next_expiry_at),
                       updated_at = excluded.updated_at
                returning customer_id, balance
            )
            select fresh.id, changed.balance from fresh join changed using (customer_id)
            """;

    private LedgerTable() {}

    /** Adds the credits whose cause was not credited before, and answers those in order. */
    static List<Applied> credit(DSLContext sql, List<Credit> credits, Instant now) {
        if (credits.isEmpty()) {
            return List.of();
        }
        var fresh = new HashMap<UUID, Long>();
        sql.resultQuery(
                        CREDIT,
                        array(credits, SQLDataType.UUID, Credit::id),
                        array(credits, SQLDataType.UUID, credit -> credit.customer().value()),
                        array(credits, SQLDataType.CLOB, credit -> credit.kind().text()),
                        array(credits, SQLDataType.BIGINT, Credit::points),
                        array(credits, SQLDataType.CLOB, credit -> credit.reason().text()),
                        array(credits, SQLDataType.CLOB, Credit::note),
                        array(credits, SQLDataType.UUID, Credit::cause),
                        array(credits, SQLDataType.INSTANT, Credit::occurredAt),
                        array(credits, SQLDataType.INSTANT, Credit::expiresAt),
                        val(now, SQLDataType.INSTANT))
                .forEach(row -> fresh.put(row.get(0, UUID.class), row.get(1, Long.class)));
        return applied(credits, fresh);
    }

    // The database says the balance after all; what came later in the batch is taken off again.
    private static List<Applied> applied(List<Credit> credits, Map<UUID, Long> fresh) {
        var balances = new HashMap<CustomerId, Long>();
        var applied = new ArrayList<Applied>(fresh.size());
        for (var credit : credits.reversed()) {
            var last = fresh.get(credit.id());
            if (last != null) {
                var balance = balances.getOrDefault(credit.customer(), last);
                applied.add(new Applied(credit, balance));
                balances.put(credit.customer(), balance - credit.points());
            }
        }
        return applied.reversed();
    }

    @SuppressWarnings("unchecked")
    private static <T> Field<T[]> array(
            List<Credit> credits, DataType<T> type, Function<Credit, @Nullable T> value) {
        var values = (T[]) java.lang.reflect.Array.newInstance(type.getType(), credits.size());
        for (var i = 0; i < values.length; i++) {
            values[i] = value.apply(credits.get(i));
        }
        return val(values, type.array());
    }

    static Optional<Totals> totals(DSLContext sql, CustomerId customer) {
        return Optional.ofNullable(totals(sql, Set.of(customer)).get(customer));
    }

    static Map<CustomerId, Totals> totals(DSLContext sql, Set<CustomerId> customers) {
        return sql.select(
                        ACCOUNT.CUSTOMER_ID,
                        ACCOUNT.BALANCE,
                        ACCOUNT.HELD,
                        ACCOUNT.LIFETIME_EARNED,
                        ACCOUNT.NEXT_EXPIRY_AT)
                .from(ACCOUNT)
                .where(ACCOUNT.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                .fetchMap(
                        row -> row.value1(),
                        row -> new Totals(row.value2(), row.value3(), row.value4(), row.value5()));
    }

    /** The latest first, those after an entry's id. */
    static List<Entry> entries(
            DSLContext sql, CustomerId customer, @Nullable String after, int limit) {
        return sql.select(
                        ENTRY.ID,
                        ENTRY.KIND,
                        ENTRY.POINTS,
                        ENTRY.REASON,
                        ENTRY.NOTE,
                        ENTRY.CAUSE_ID,
                        ENTRY.OCCURRED_AT,
                        ENTRY.CREATED_AT,
                        ENTRY.EXPIRES_AT)
                .from(ENTRY)
                .where(ENTRY.CUSTOMER_ID.eq(customer))
                .and(after == null ? noCondition() : ENTRY.ID.lt(UUID.fromString(after)))
                .orderBy(ENTRY.ID.desc())
                .limit(limit)
                .fetch(row ->
                        new Entry(
                                row.value1(),
                                Kind.of(row.value2()),
                                row.value3(),
                                Reason.of(row.value4()),
                                row.value5(),
                                row.value6(),
                                row.value7(),
                                row.value8(),
                                row.value9()));
    }
}
