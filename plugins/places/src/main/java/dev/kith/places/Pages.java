package dev.kith.places;

import static dev.kith.places.db.Tables.DECISION;
import static dev.kith.places.db.Tables.FENCE;
import static dev.kith.places.db.Tables.PRESENCE;
import static dev.kith.places.db.Tables.PROMOTION;
import static dev.kith.places.db.Tables.VISIT;
import static org.jooq.impl.DSL.count;

import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the console shows of places. Public records, because templates read them. */
public final class Pages {

    private static final int FENCES_MAX = 200;
    private static final int PROMOTIONS_MAX = 50;
    private static final int HISTORY_MAX = 10;
    private static final Duration RECENT = Duration.ofDays(30);

    /** A fence as a line of a table. */
    public record FenceLine(String name, long inside, long visits) {}

    /** A promotion as a line of a table. */
    public record PromotionLine(String name, String state, long used, long budget, long refused) {}

    /** A decision as the customer's panel shows it. */
    public record DecisionLine(String promotion, String outcome, Instant decidedAt) {}

    private final Fences fences;

    Pages(Fences fences) {
        this.fences = fences;
    }

    View overview(Read read, Request request) {
        return new View(
                "overview.jte",
                Map.of("fences", fenceLines(read), "promotions", promotionLines(read)));
    }

    private List<FenceLine> fenceLines(Read read) {
        var inside = inside(read);
        var visits =
                read.sql()
                        .select(VISIT.FENCE_ID, count())
                        .from(VISIT)
                        .where(VISIT.ENTERED_AT.ge(read.now().minus(RECENT)))
                        .groupBy(VISIT.FENCE_ID)
                        .fetchMap(VISIT.FENCE_ID, count());
        return fences.standing(read).values().stream()
                .limit(FENCES_MAX)
                .map(fence ->
                        new FenceLine(
                                fence.name(),
                                inside.getOrDefault(fence.id(), 0),
                                visits.getOrDefault(fence.id(), 0)))
                .toList();
    }

    private static Map<UUID, Integer> inside(Read read) {
        return read.sql()
                .select(PRESENCE.FENCE_ID, count())
                .from(PRESENCE)
                .groupBy(PRESENCE.FENCE_ID)
                .fetchMap(PRESENCE.FENCE_ID, count());
    }

    private static List<PromotionLine> promotionLines(Read read) {
        return read.sql()
                .select(
                        PROMOTION.NAME,
                        PROMOTION.STATE,
                        PROMOTION.USED,
                        PROMOTION.BUDGET,
                        count(DECISION.ID)
                                .filterWhere(DECISION.OUTCOME.ne(Decision.Outcome.GRANTED.name())))
                .from(PROMOTION)
                .leftJoin(DECISION)
                .on(DECISION.PROMOTION_ID.eq(PROMOTION.ID))
                .groupBy(PROMOTION.ID)
                .orderBy(PROMOTION.ID.desc())
                .limit(PROMOTIONS_MAX)
                .fetch(row ->
                        new PromotionLine(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                row.value5()));
    }

    View panel(Read read, CustomerId customer) {
        var here =
                read.sql()
                        .select(FENCE.NAME)
                        .from(PRESENCE)
                        .join(FENCE)
                        .on(FENCE.ID.eq(PRESENCE.FENCE_ID))
                        .where(PRESENCE.CUSTOMER_ID.eq(customer))
                        .orderBy(FENCE.NAME)
                        .fetch(row -> row.value1());
        var decisions =
                read.sql()
                        .select(PROMOTION.NAME, DECISION.OUTCOME, DECISION.DECIDED_AT)
                        .from(DECISION)
                        .join(PROMOTION)
                        .on(PROMOTION.ID.eq(DECISION.PROMOTION_ID))
                        .where(DECISION.CUSTOMER_ID.eq(customer))
                        .orderBy(DECISION.ID.desc())
                        .limit(HISTORY_MAX)
                        .fetch(row -> new DecisionLine(row.value1(), row.value2(), row.value3()));
        var visits = visits(read, Set.of(customer)).getOrDefault(customer, 0L);
        return new View(
                "panel.jte", Map.of("here", here, "visits", visits, "decisions", decisions));
    }

    /** The fact {@code places.visits}: how often each has entered a fence. */
    Map<CustomerId, Long> visits(Read read, Set<CustomerId> customers) {
        var times = count().cast(Long.class);
        return read.sql()
                .select(VISIT.CUSTOMER_ID, times)
                .from(VISIT)
                .where(VISIT.CUSTOMER_ID.in(customers))
                .groupBy(VISIT.CUSTOMER_ID)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /** The fences and who is inside, for the map. */
    Payloads.Outlines outlines(Read read, Request request) {
        var inside = inside(read);
        return Payloads.Outlines.of(
                fences.drawn(read).stream()
                        .map(fence -> feature(fence, inside.getOrDefault(fence.id(), 0)))
                        .toList());
    }

    private static Payloads.Outlines.Feature feature(Fence fence, long inside) {
        var circle = fence.shape().circle();
        Object geometry =
                circle == null
                        ? java.util.Objects.requireNonNull(fence.shape().area())
                        : Map.of(
                                "type",
                                "Point",
                                "coordinates",
                                List.of(circle.lon(), circle.lat()));
        var radius = circle == null ? null : circle.radiusMeters();
        var properties = new Payloads.Outlines.Properties(fence.name(), inside, radius);
        return new Payloads.Outlines.Feature("Feature", fence.id(), geometry, properties);
    }
}
