package dev.kith.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.testkit.TestCrm;
import java.util.List;

/** Whether the books add up: accounts and lots are what the entries say, and nothing else. */
final class Books {

    private static final String ACCOUNTS =
            """
            select a.customer_id::text, a.balance, e.balance, a.debt, e.debt, a.held, h.held
              from loyalty.account a,
                   lateral (select coalesce(sum(points), 0) as balance,
                                   coalesce(sum(debt), 0) as debt
                              from loyalty.entry where customer_id = a.customer_id) e,
                   lateral (select coalesce(sum(points), 0) as held from loyalty.hold
                             where customer_id = a.customer_id and state = 'held') h
             where a.balance <> e.balance or a.debt <> e.debt or a.held <> h.held
            """;

    private static final String LOTS =
            """
            select customer_id, earned_on, expires_at, points, bought, expired from loyalty.lot
             where points <> 0 or expired <> 0
            except
            select customer_id, lot_on, coalesce(expires_at, 'infinity'),
                   coalesce(sum(points) filter (where kind in ('earn', 'grant', 'reverse')), 0),
                   coalesce(sum(points) filter (where kind = 'earn' or reason = 'refund'), 0),
                   coalesce(-sum(points) filter (where kind = 'expire'), 0)
              from loyalty.entry
             where lot_on is not null
             group by 1, 2, 3
            """;

    private static final String LEFT =
            """
            select a.customer_id::text, a.balance, sum(l.left_over)
              from loyalty.account a left join lateral (
                   select greatest(0, least(points, a.balance - coalesce(sum(points) over (
                              order by expires_at desc, earned_on desc
                              rows between unbounded preceding and 1 preceding), 0))) as left_over
                     from loyalty.lot where customer_id = a.customer_id) l on true
             group by 1, 2
            having greatest(a.balance, 0) <> coalesce(sum(l.left_over), 0)
            """;

    private static final String ORPHANS =
            """
            select customer_id::text from loyalty.entry
            except select customer_id::text from loyalty.account
            """;

    private Books() {}

    static void check(TestCrm crm) {
        crm.inTransaction(tx -> {
            for (var wrong : List.of(ACCOUNTS, LOTS, LEFT, ORPHANS)) {
                assertThat(tx.sql().fetch(wrong).formatCSV()).hasLineCount(1);
            }
        });
    }
}
