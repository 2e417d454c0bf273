package dev.kith.loyalty;

import static java.util.stream.Collectors.toSet;

import dev.kith.api.CustomerId;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What somebody earned with purchases, day by day, less what was refunded. */
final class Standing {

    static final Standing UNREAD = new Standing();

    /** The rolling year that tiers look back on. */
    static final Period YEAR = Period.ofYears(1);

    private static final String BOUGHT =
            """
            select customer_id, earned_on, sum(bought)::bigint
              from loyalty.lot
             where customer_id = any({0}) and earned_on > {1} and bought <> 0
             group by 1, 2
            """;

    private static final String IN_YEAR =
            """
            select customer_id, sum(bought)::bigint
              from loyalty.lot
             where customer_id = any({0}) and earned_on > {1} and earned_on <= {2}
             group by 1
            """;

    private final NavigableMap<LocalDate, Long> bought = new TreeMap<>();

    /** Of those customers, from a year before the earliest day they are asked about. */
    static Map<CustomerId, Standing> of(
            DSLContext sql, Set<CustomerId> customers, LocalDate earliest) {
        var standings = new HashMap<CustomerId, Standing>();
        customers.forEach(customer -> standings.put(customer, new Standing()));
        var from = earliest.minus(YEAR).withDayOfMonth(1).minusDays(1);
        sql.resultQuery(BOUGHT, ids(customers), DSL.val(from))
                .forEach(row ->
                        standings
                                .computeIfAbsent(
                                        new CustomerId(row.get(0, UUID.class)),
                                        customer -> new Standing())
                                .add(row.get(1, LocalDate.class), row.get(2, Long.class)));
        return standings;
    }

    /** What those customers earned in the year that ends with a day; absent: nothing. */
    static Map<CustomerId, Long> inYear(DSLContext sql, Set<CustomerId> customers, LocalDate to) {
        return sql.resultQuery(IN_YEAR, ids(customers), DSL.val(to.minus(YEAR)), DSL.val(to))
                .fetchMap(
                        row -> new CustomerId(row.get(0, UUID.class)),
                        row -> row.get(1, Long.class));
    }

    private static org.jooq.Field<UUID[]> ids(Set<CustomerId> customers) {
        var ids = customers.stream().map(CustomerId::value).collect(toSet());
        return DSL.val(ids.toArray(UUID[]::new), SQLDataType.UUID.array());
    }

    void add(LocalDate day, long points) {
        bought.merge(day, points, Long::sum);
    }

    long inYearTo(LocalDate day) {
        return between(day.minus(YEAR).plusDays(1), day);
    }

    long on(LocalDate day) {
        return bought.getOrDefault(day, 0L);
    }

    long inMonthOf(LocalDate day) {
        return between(day.withDayOfMonth(1), day.withDayOfMonth(day.lengthOfMonth()));
    }

    private long between(LocalDate first, LocalDate last) {
        return bought.subMap(first, true, last, true).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
