package dev.kith.core.customers.table;

import static dev.kith.core.db.Tables.CUSTOMER;

import dev.kith.api.Read;
import dev.kith.core.customers.profile.Profile;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.conf.SettingsTools;
import org.jooq.conf.StatementType;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statement behind a list. The first customers by time with a token can be had in two ways:
 * fetch all that the token's index knows and sort them, which is good for rare tokens, or walk along
 * the times and look at each, which is good for very frequent ones. Between them lie surnames and
 * initials, for which either takes tens of milliseconds among a million customers; so the times are
 * cut into ranges, as wide as the token is rare, and one range after the other is asked until the
 * page is full.
 */
public final class CustomerSearch {

    /** So few are fetched and sorted at once. */
    static final int FEW = 700;

    /** How many more than needed the first range is expected to have. */
    private static final double SLACK = 1.5;

    /** How much wider each further range is. */
    private static final int WIDER = 8;

    private static final List<Field<?>> COLUMNS =
            CustomerRows.COLUMNS.stream().<Field<?>>map(CUSTOMER::field).toList();

    private final CustomerRows rows;
    private final Marks marks;

    public CustomerSearch(CustomerRows rows, Marks marks) {
        this.rows = rows;
        this.marks = marks;
    }

    /**
     * @param tokens that a customer must have all
     * @param after where the page begins
     */
    List<Profile> find(
            Read read,
            List<String> tokens,
            Condition wanted,
            Order order,
            Optional<Order.Position> after,
            int limit) {
        if (tokens.isEmpty()) {
            return select(read.sql(), wanted, order, after, limit);
        }
        var found = wanted.and(CUSTOMER.SEARCH.contains(tokens.toArray(String[]::new)));
        // With its values written in: how a search is best run depends on what is sought.
        var settings = SettingsTools.clone(read.sql().settings());
        settings.setStatementType(StatementType.STATIC_STATEMENT);
        var sql = DSL.using(read.sql().configuration().derive(settings));
        if (order.column() != Order.Column.CREATED_AT) {
            return select(sql, found, order, after, limit);
        }
        var expected = sql.explain(DSL.selectOne().from(CUSTOMER).where(found)).rows();
        var bounds = marks.newestFirst(read);
        return expected <= FEW || bounds.size() < 2
                ? select(sql, found, order, after, limit)
                : byRanges(sql, found, order, after, limit, ranges(bounds, order, expected, limit));
    }

    private record Ranges(List<Instant> bounds, int first) {}

    private static Ranges ranges(List<Instant> bounds, Order order, double expected, int limit) {
        var share = limit * SLACK / expected;
        var first = (int) Math.ceil(share * (bounds.size() - 1));
        return new Ranges(order.descending() ? bounds : bounds.reversed(), first);
    }

    private List<Profile> byRanges(
            DSLContext sql,
            Condition found,
            Order order,
            Optional<Order.Position> after,
            int limit,
            Ranges ranges) {
        var page = new ArrayList<Profile>();
        var at = after.map(position -> passed(ranges.bounds(), order, position)).orElse(0);
        var step = ranges.first();
        Instant near = null;
        while (true) {
            at += step;
            var far = at < ranges.bounds().size() - 1 ? ranges.bounds().get(at) : null;
            var range = found.and(between(order, near, far));
            page.addAll(select(sql, range, order, after, limit - page.size()));
            if (page.size() >= limit || far == null) {
                return page;
            }
            near = far;
            step *= WIDER;
        }
    }

    /** How many of the bounds lie before where the page begins. */
    private static int passed(List<Instant> bounds, Order order, Order.Position position) {
        var begin = Instant.parse(position.value());
        var passed = 0;
        for (var bound : bounds) {
            if (order.descending() ? bound.isAfter(begin) : bound.isBefore(begin)) {
                passed++;
            }
        }
        return passed;
    }

    private static Condition between(Order order, @Nullable Instant near, @Nullable Instant far) {
        var from = order.descending() ? far : near;
        var to = order.descending() ? near : far;
        var condition = DSL.noCondition();
        if (from != null) {
            condition = condition.and(CUSTOMER.CREATED_AT.ge(from));
        }
        return to == null ? condition : condition.and(CUSTOMER.CREATED_AT.lt(to));
    }

    private List<Profile> select(
            DSLContext sql,
            Condition wanted,
            Order order,
            Optional<Order.Position> after,
            int limit) {
        var page = after.map(position -> wanted.and(order.behind(position))).orElse(wanted);
        var query =
                sql.select(COLUMNS).from(CUSTOMER).where(page).orderBy(order.fields()).limit(limit);
        try (var cursor = query.fetchLazy()) {
            var row = cursor.resultSet();
            var profiles = new ArrayList<Profile>();
            while (row != null && row.next()) {
                profiles.add(rows.read(row));
            }
            return profiles;
        } catch (SQLException e) {
            throw new DataAccessException("a search failed", e);
        }
    }
}
