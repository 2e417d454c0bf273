package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.sum;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the console shows of points. Public records, because templates read them. */
public final class Pages {

    private static final int RECENT_MAX = 20;
    private static final int HISTORY_MAX = 10;
    private static final int MONTHS_MAX = 24;

    /** The programme as a whole. */
    public record Totals(long accounts, long issued, long outstanding, long held) {}

    /** One month of the chart. */
    public record Bar(String month, long issued, long spent, long gone, long outstanding) {}

    /** One entry as a line of a table. */
    public record Line(
            String customerId,
            long points,
            String reason,
            String note,
            List<String> rules,
            Instant occurredAt) {}

    private final Accounts accounts;

    Pages(Accounts accounts) {
        this.accounts = accounts;
    }

    View overview(Read read, Request request) {
        return new View(
                "overview.jte",
                Map.of(
                        "totals",
                        totals(read),
                        "months",
                        DayTotals.months(read, MONTHS_MAX).stream().map(Pages::bar).toList(),
                        "recent",
                        recent(read)));
    }

    View card(Read read, Request request) {
        return View.of("card.jte", "totals", totals(read));
    }

    View panel(Read read, CustomerId customer) {
        var account = accounts.account(read, customer);
        var lines =
                LedgerTable.entries(read.sql(), customer, null, HISTORY_MAX).stream()
                        .map(entry -> line(customer, entry))
                        .toList();
        return new View(
                "panel.jte",
                Map.of(
                        "available",
                        account.available(),
                        "held",
                        account.held(),
                        "debt",
                        account.debt(),
                        "earnedInYear",
                        account.earnedInYear(),
                        "tier",
                        account.tier() == null ? "" : account.tier(),
                        "lines",
                        lines));
    }

    private static Bar bar(DayTotals.Month month) {
        return new Bar(
                month.month().toString(),
                month.issued(),
                month.spent(),
                month.gone(),
                month.outstanding());
    }

    private static Line line(CustomerId customer, Entry entry) {
        return new Line(
                customer.toString(),
                entry.points(),
                entry.reason().text(),
                entry.note() == null ? "" : entry.note(),
                entry.rules(),
                entry.occurredAt());
    }

    private static Totals totals(Read read) {
        return read.sql()
                .select(
                        count(),
                        coalesce(sum(ACCOUNT.LIFETIME_EARNED), BigDecimal.ZERO),
                        coalesce(sum(ACCOUNT.BALANCE), BigDecimal.ZERO),
                        coalesce(sum(ACCOUNT.HELD), BigDecimal.ZERO))
                .from(ACCOUNT)
                .fetchSingle(row ->
                        new Totals(
                                row.value1(),
                                row.value2().longValue(),
                                row.value3().longValue(),
                                row.value4().longValue()));
    }

    private static List<Line> recent(Read read) {
        return LedgerTable.recent(read.sql(), RECENT_MAX, Pages::line);
    }
}
