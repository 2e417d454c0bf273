package dev.kith.core.console.rooms;

import static dev.kith.core.db.Tables.CUSTOMER;
import static dev.kith.core.db.Tables.EVENT;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.console.PageRequest;
import dev.kith.core.customers.CustomersPlugin;
import dev.kith.core.feed.Deliveries;
import dev.kith.core.feed.SubscriptionView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.impl.DSL;

/** Core's own cards on the first page: who is there, what happens, whether all of it arrives. */
public final class HomeCards {

    private static final int DAYS = 7;
    private static final int LATEST = 5;

    /** Counting stops here, so that a card costs as much on a busy day as on any other. */
    private static final int EVENTS_PER_DAY_MAX = 100_000;

    private final CustomersPlugin customers;
    private final Deliveries deliveries;

    HomeCards(CustomersPlugin customers, Deliveries deliveries) {
        this.customers = customers;
        this.deliveries = deliveries;
    }

    /** How many customers are in a stage. */
    public record Stage(String stage, long customers) {}

    /**
     * How many events a day had.
     *
     * @param more the day had more than were counted
     */
    public record Day(LocalDate on, long events, boolean more) {}

    View stages(Read read, Request request) {
        var counted =
                read.sql()
                        .select(CUSTOMER.STAGE, DSL.count())
                        .from(CUSTOMER)
                        .where(CUSTOMER.ARCHIVED_AT.isNull())
                        .groupBy(CUSTOMER.STAGE)
                        .fetchMap(CUSTOMER.STAGE, DSL.count());
        var stages =
                CustomerSearch.STAGES.stream()
                        .map(stage -> new Stage(stage, counted.getOrDefault(stage, 0)))
                        .toList();
        return View.of("console/card-stages.jte", "stages", stages);
    }

    // An event's id begins with the time at which it was made.
    View days(Read read, Request request) {
        var today = read.now().atZone(read.zone()).toLocalDate();
        var days =
                IntStream.range(0, DAYS)
                        .mapToObj(i -> today.minusDays(DAYS - 1L - i))
                        .map(day -> day(read, day))
                        .toList();
        return View.of("console/card-days.jte", "days", days);
    }

    private static Day day(Read read, LocalDate on) {
        var from = first(on.atStartOfDay(read.zone()).toInstant());
        var to = first(on.plusDays(1).atStartOfDay(read.zone()).toInstant());
        var some =
                DSL.select(EVENT.ID)
                        .from(EVENT)
                        .where(EVENT.ID.ge(from), EVENT.ID.lt(to))
                        .limit(EVENTS_PER_DAY_MAX + 1);
        var events = read.sql().fetchCount(some);
        return new Day(on, Math.min(events, EVENTS_PER_DAY_MAX), events > EVENTS_PER_DAY_MAX);
    }

    /** The lowest id that something made at this instant could have. */
    private static UUID first(Instant instant) {
        return new UUID(instant.toEpochMilli() << 16, 0);
    }

    View latest(Read read, Request request) {
        var newest = ((PageRequest) request).sorts(List.of("-createdAt")).limit(LATEST);
        var rows = customers.page(read, newest).items().stream().map(Profiles::row).toList();
        return View.of("console/card-latest.jte", "rows", rows);
    }

    View deliveries(Read read, Request request) {
        var all = deliveries.list(read, ((PageRequest) request).whole()).items();
        return new View(
                "console/card-deliveries.jte",
                Map.of(
                        "waiting",
                        all.stream().mapToLong(SubscriptionView::lag).sum(),
                        "parked",
                        all.stream().mapToLong(SubscriptionView::parked).sum(),
                        "paused",
                        all.stream()
                                .filter(each -> each.state() == SubscriptionView.State.PAUSED)
                                .count()));
    }
}
