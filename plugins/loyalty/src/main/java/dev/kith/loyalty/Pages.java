package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static dev.kith.loyalty.db.Tables.ENTRY;
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

    /** The programme as a whole. */
    public record Totals(long accounts, long issued, long outstanding, long held) {}

    /** One entry as a line of a table. */
    public record Line(
            String customerId,
            String kind,
            long points,
            String reason,
            String note,
            Instant occurredAt) {}

    private final Ledger ledger;

    Pages(Ledger ledger) {
        this.ledger = ledger;
    }

    View overview(Read read, Request request) {
        return new View("overview.jte", Map.of("totals", totals(read), "recent", recent(read)));
    }

    View card(Read read, Request request) {
        return View.of("card.jte", "totals", totals(read));
    }

    View panel(Read read, CustomerId customer) {
        var account = ledger.account(read, customer);
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
                        "tier",
                        account.tier() == null ? "" : account.tier(),
                        "lines",
                        lines));
    }

    private static Line line(CustomerId customer, Entry entry) {
        return new Line(
                customer.toString(),
                entry.kind().text(),
                entry.points(),
                entry.reason().text(),
                entry.note() == null ? "" : entry.note(),
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
        return read.sql()
                .select(
                        ENTRY.CUSTOMER_ID,
                        ENTRY.KIND,
                        ENTRY.POINTS,
                        ENTRY.REASON,
                        coalesce(ENTRY.NOTE, ""),
                        ENTRY.OCCURRED_AT)
                .from(ENTRY)
                .orderBy(ENTRY.ID.desc())
                .limit(RECENT_MAX)
                .fetch(row ->
                        new Line(
                                row.value1().toString(),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                row.value5(),
                                row.value6()));
    }
}
