package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static dev.kith.loyalty.db.Tables.ENTRY;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.kith.api.CustomerId;
import dev.kith.api.Money;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The SQL of entries and accounts. */
final class LedgerTable {

    /** An entry that was not known before, with the balance and the debt after it. */
    record Posted(Posting posting, long balance, long debt) {}

    record Totals(
            long balance,
            long held,
            long lifetimeEarned,
            long debt,
            @Nullable Instant nextExpiryAt) {
        static final Totals ZERO = new Totals(0, 0, 0, 0, null);

        long available() {
            return balance - held;
        }
    }

    private record After(long balance, long debt) {}

    // One statement for any number: entries whose cause is known fall out, the rest is summed up
    // per account and per lot. Set-based, because a statement per purchase is a quarter as fast.
    // Lots read from what was changed, so that an account is always locked before its lots.
    private static final String POST =
            """
            with fresh as (
                insert into loyalty.entry (id, customer_id, original_customer_id, kind, points,
                                           reason, note, cause_id, occurred_at, created_at,
                                           expires_at, lot_on, amount, currency, rules, debt)
                select p.id, p.customer, p.customer, p.kind, p.points, p.reason, p.note, p.cause,
                       p.occurred, {14}, p.expires, p.lot_on, p.amount, p.currency, p.rules, p.debt
                  from unnest({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, {9}, {10}, {11}, {12},
                              {13})
                       as p (id, customer, kind, points, reason, note, cause, occurred, expires,
                             lot_on, amount, currency, rules, debt)
                    on conflict (cause_id, kind) where cause_id is not null do nothing
                returning id, customer_id, kind, points, reason, expires_at, lot_on, debt
            ), changed as (
                insert into loyalty.account as a (customer_id, balance, held, lifetime_earned,
                                                  next_expiry_at, debt, updated_at)
                select customer_id, sum(points), 0, sum(greatest(points, 0)),
                       min(expires_at) filter (where points > 0), sum(debt), {14}
                  from fresh
                 group by customer_id
                 order by customer_id
                    on conflict (customer_id) do update
                   set balance = a.balance + excluded.balance,
                       lifetime_earned = a.lifetime_earned + excluded.lifetime_earned,
                       next_expiry_at = least(a.next_expiry_at, excluded.next_expiry_at),
                       debt = a.debt + excluded.debt,
                       updated_at = excluded.updated_at
                returning customer_id, balance, debt
            ), lots as (
                insert into loyalty.lot as l (customer_id, earned_on, expires_at, points, bought,
                                              expired)
                select customer_id, lot_on, coalesce(expires_at, 'infinity'),
                       coalesce(sum(points) filter (where kind <> 'expire'), 0),
                       coalesce(sum(points) filter (where kind = 'earn' or reason = 'refund'), 0),
                       coalesce(-sum(points) filter (where kind = 'expire'), 0)
                  from fresh join changed using (customer_id)
                 where lot_on is not null and points <> 0
                 group by 1, 2, 3
                 order by 1, 2, 3
                    on conflict (customer_id, earned_on, expires_at) do update
                   set points = l.points + excluded.points,
                       bought = l.bought + excluded.bought,
                       expired = l.expired + excluded.expired
            )
            select fresh.id, changed.balance, changed.debt
              from fresh join changed using (customer_id)
            """;

    // The condition is in the update itself: two spenders at once cannot both take the last points.
    private static final String SPEND =
            """
            with changed as (
                update loyalty.account
                   set balance = balance - {1}, updated_at = {5}
                 where customer_id = {0} and balance - held >= {1}
                returning balance, held
            ), spent as (
                insert into loyalty.entry (id, customer_id, original_customer_id, kind, points,
                                           reason, note, occurred_at, created_at)
                select {2}, {0}, {0}, 'spend', -{1}, {3}, {4}, {5}, {5} from changed
            )
            select balance, held from changed
            """;

    // Changing nothing locks the row all the same.
    private static final String LOCK =
            """
            insert into loyalty.account as a (customer_id, balance, held, lifetime_earned, updated_at)
            select id, 0, 0, 0, {1} from unnest({0}) as u (id) order by id
                on conflict (customer_id) do update set held = a.held
            """;

    private LedgerTable() {}

    /** Adds the entries whose cause is not in the ledger yet, and answers those in order. */
    static List<Posted> post(DSLContext sql, List<Posting> postings, Instant now) {
        if (postings.isEmpty()) {
            return List.of();
        }
        var fresh = new HashMap<UUID, After>();
        sql.resultQuery(POST, columns(postings, now))
                .forEach(row ->
                        fresh.put(
                                row.get(0, UUID.class),
                                new After(row.get(1, Long.class), row.get(2, Long.class))));
        return posted(postings, fresh);
    }

    private static Field<?>[] columns(List<Posting> from, Instant now) {
        return new Field<?>[] {
            array(from, SQLDataType.UUID, Posting::id),
            array(from, SQLDataType.UUID, p -> p.customer().value()),
            array(from, SQLDataType.CLOB, p -> p.kind().text()),
            array(from, SQLDataType.BIGINT, Posting::points),
            array(from, SQLDataType.CLOB, p -> p.reason().text()),
            array(from, SQLDataType.CLOB, Posting::note),
            array(from, SQLDataType.UUID, Posting::cause),
            array(from, SQLDataType.INSTANT, Posting::occurredAt),
            array(from, SQLDataType.INSTANT, p -> p.lot() == null ? null : p.lot().expiresAt()),
            array(from, SQLDataType.LOCALDATE, p -> p.lot() == null ? null : p.lot().earnedOn()),
            array(from, SQLDataType.BIGINT, p -> p.amount() == null ? null : minor(p.amount())),
            array(from, SQLDataType.CLOB, p -> p.amount() == null ? null : code(p.amount())),
            array(from, SQLDataType.CLOB, Posting::rules),
            array(from, SQLDataType.BIGINT, Posting::debt),
            val(now, SQLDataType.INSTANT)
        };
    }

    private static Long minor(Money amount) {
        return amount.minorUnits();
    }

    private static String code(Money amount) {
        return amount.currency().getCurrencyCode();
    }

    // The database says the balance after all; what came later in the batch is taken off again.
    private static List<Posted> posted(List<Posting> postings, Map<UUID, After> fresh) {
        var balances = new HashMap<CustomerId, Long>();
        var posted = new ArrayList<Posted>(fresh.size());
        for (var posting : postings.reversed()) {
            var last = fresh.get(posting.id());
            if (last != null) {
                var balance = balances.getOrDefault(posting.customer(), last.balance());
                posted.add(new Posted(posting, balance, last.debt()));
                balances.put(posting.customer(), balance - posting.points());
            }
        }
        return posted.reversed();
    }

    @SuppressWarnings("unchecked")
    private static <T> Field<T[]> array(
            List<Posting> postings, DataType<T> type, Function<Posting, @Nullable T> value) {
        var values = (T[]) java.lang.reflect.Array.newInstance(type.getType(), postings.size());
        for (var i = 0; i < values.length; i++) {
            values[i] = value.apply(postings.get(i));
        }
        return val(values, type.array());
    }

    /** Spends points that are available; empty if there are not that many. */
    static Optional<Totals> spend(DSLContext sql, Posting posting, Instant now) {
        return sql.resultQuery(
                        SPEND,
                        val(posting.customer().value(), SQLDataType.UUID),
                        val(-posting.points(), SQLDataType.BIGINT),
                        val(posting.id(), SQLDataType.UUID),
                        val(posting.reason().text(), SQLDataType.CLOB),
                        val(posting.note(), SQLDataType.CLOB),
                        val(now, SQLDataType.INSTANT))
                .fetchOptional(row ->
                        new Totals(row.get(0, Long.class), row.get(1, Long.class), 0, 0, null));
    }

    /** Makes sure there is an account, and locks it: nothing else changes it until the commit. */
    static Totals locked(DSLContext sql, CustomerId customer, Instant now) {
        lock(sql, new TreeSet<>(Set.of(customer)), now);
        return totals(sql, customer).orElseThrow();
    }

    /** Makes sure there are accounts, and locks them, in order so that nobody waits in a circle. */
    static void lock(DSLContext sql, SortedSet<CustomerId> customers, Instant now) {
        var ids = customers.stream().map(CustomerId::value).toArray(UUID[]::new);
        sql.query(LOCK, val(ids, SQLDataType.UUID.array()), val(now, SQLDataType.INSTANT))
                .execute();
    }

    static Optional<Totals> totals(DSLContext sql, CustomerId customer) {
        return Optional.ofNullable(totals(sql, Set.of(customer)).get(customer));
    }

    static Map<CustomerId, Totals> totals(DSLContext sql, Set<CustomerId> customers) {
        return sql.selectFrom(ACCOUNT)
                .where(ACCOUNT.CUSTOMER_ID.eq(any(customers.toArray(CustomerId[]::new))))
                .fetchMap(row -> row.get(ACCOUNT.CUSTOMER_ID), LedgerTable::totals);
    }

    private static Totals totals(org.jooq.Record row) {
        return new Totals(
                row.get(ACCOUNT.BALANCE),
                row.get(ACCOUNT.HELD),
                row.get(ACCOUNT.LIFETIME_EARNED),
                row.get(ACCOUNT.DEBT),
                row.get(ACCOUNT.NEXT_EXPIRY_AT));
    }

    /** The latest first, those after an entry's id. */
    static List<Entry> entries(
            DSLContext sql, CustomerId customer, @Nullable String after, int limit) {
        return sql.selectFrom(ENTRY)
                .where(ENTRY.CUSTOMER_ID.eq(customer))
                .and(after == null ? noCondition() : ENTRY.ID.lt(UUID.fromString(after)))
                .orderBy(ENTRY.ID.desc())
                .limit(limit)
                .fetch(LedgerTable::entry);
    }

    /** The latest entries of all customers. */
    static <T> List<T> recent(DSLContext sql, int limit, BiFunction<CustomerId, Entry, T> each) {
        return sql.selectFrom(ENTRY)
                .orderBy(ENTRY.ID.desc())
                .limit(limit)
                .fetch(row -> each.apply(row.get(ENTRY.CUSTOMER_ID), entry(row)));
    }

    private static Entry entry(org.jooq.Record row) {
        return new Entry(
                row.get(ENTRY.ID),
                Kind.of(row.get(ENTRY.KIND)),
                row.get(ENTRY.POINTS),
                Reason.of(row.get(ENTRY.REASON)),
                row.get(ENTRY.NOTE),
                row.get(ENTRY.CAUSE_ID),
                row.get(ENTRY.OCCURRED_AT),
                row.get(ENTRY.CREATED_AT),
                row.get(ENTRY.EXPIRES_AT),
                Rules.lines(row.get(ENTRY.RULES)),
                row.get(ENTRY.DEBT));
    }
}
