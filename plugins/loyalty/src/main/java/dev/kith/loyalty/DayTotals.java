package dev.kith.loyalty;

import static org.jooq.impl.DSL.val;

import dev.kith.api.Read;
import dev.kith.api.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jooq.impl.SQLDataType;

/**
 * Points by day, for the chart. Entries are summed up once when their day is over; those of the
 * current day are added when the chart is drawn. So no purchase waits for a sum that others write.
 */
final class DayTotals {

    /** Longer than any transaction lasts: after it, no entry of the day before can appear. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    /**
     * One month.
     *
     * @param spent without what expired or was taken back
     * @param gone expired, or taken back
     * @param outstanding at its end
     */
    record Month(YearMonth month, long issued, long spent, long gone, long outstanding) {}

    private static final String SUM_UP =
            """
            with until as (
                update loyalty.summed s set before_start = {0}
                  from (select before_start from loyalty.summed) old
                 where s.before_start < {0}
                returning old.before_start as since
            )
            insert into loyalty.day_total as t (day, kind, points)
            select (e.occurred_at at time zone {1})::date, e.kind, sum(e.points)
              from loyalty.entry e join until on e.created_at >= until.since
             where e.created_at < {0} and e.points <> 0
             group by 1, 2
                on conflict (day, kind) do update set points = t.points + excluded.points
            """;

    private static final String MONTHS =
            """
            with day as (
                select day, kind, points from loyalty.day_total
                union all
                select (e.occurred_at at time zone {0})::date, e.kind, e.points
                  from loyalty.entry e
                 where e.created_at >= (select before_start from loyalty.summed)
            ), month as (
                select date_trunc('month', day)::date as month,
                       coalesce(sum(points) filter (where kind in ('earn', 'grant')), 0) as issued,
                       coalesce(-sum(points) filter (where kind = 'spend'), 0) as spent,
                       coalesce(-sum(points) filter (where kind in ('expire', 'reverse', 'repay')), 0)
                           as gone,
                       sum(points) as points
                  from day
                 group by 1
            ), running as (
                select month, issued, spent, gone, sum(points) over (order by month) as outstanding
                  from month
            )
            select month, issued::bigint, spent::bigint, gone::bigint, outstanding::bigint
              from running
             order by month desc
             limit {1}
            """;

    private DayTotals() {}

    /** The job's. */
    static void sumUp(Transaction tx) {
        var today = tx.now().minus(MARGIN).atZone(tx.zone()).toLocalDate();
        Instant start = today.atStartOfDay(tx.zone()).toInstant();
        tx.sql().query(SUM_UP, val(start, SQLDataType.INSTANT), val(tx.zone().getId())).execute();
    }

    /** The latest months in which anything happened, in order. */
    static List<Month> months(Read read, int max) {
        return read.sql()
                .resultQuery(MONTHS, val(read.zone().getId()), val(max))
                .fetch(row ->
                        new Month(
                                YearMonth.from(row.get(0, LocalDate.class)),
                                row.get(1, Long.class),
                                row.get(2, Long.class),
                                row.get(3, Long.class),
                                row.get(4, Long.class)))
                .reversed();
    }
}
