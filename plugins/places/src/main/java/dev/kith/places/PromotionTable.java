package dev.kith.places;

import static dev.kith.places.db.Tables.DECISION;
import static dev.kith.places.db.Tables.PROMOTION;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.arrayOverlap;
import static org.jooq.impl.DSL.count;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kith.api.CustomerId;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;

/** The SQL of promotions and decisions. */
final class PromotionTable {

    /** How often a customer has had a promotion. */
    record Had(int today, int ever) {}

    /** Hours as they are kept, in the words of ISO 8601. */
    private record KeptHours(Set<DayOfWeek> days, String from, String to) {

        static KeptHours of(Promotion.Hours hours) {
            return new KeptHours(hours.days(), hours.from().toString(), hours.to().toString());
        }

        Promotion.Hours hours() {
            return new Promotion.Hours(days, LocalTime.parse(from), LocalTime.parse(to));
        }
    }

    private final JsonMapper mapper = JsonMapper.builder().build();

    void insert(DSLContext sql, Promotion made) {
        sql.insertInto(PROMOTION)
                .set(PROMOTION.ID, made.id())
                .set(PROMOTION.VERSION, made.version())
                .set(PROMOTION.STATE, made.state().text())
                .set(PROMOTION.USED, made.used())
                .set(PROMOTION.CREATED_AT, made.createdAt())
                .set(terms(sql, made.terms()))
                .execute();
    }

    void update(DSLContext sql, UUID id, Promotion.Draft terms) {
        sql.update(PROMOTION)
                .set(terms(sql, terms))
                .set(PROMOTION.VERSION, PROMOTION.VERSION.plus(1))
                .where(PROMOTION.ID.eq(id))
                .execute();
    }

    private Record terms(DSLContext sql, Promotion.Draft terms) {
        var row =
                sql.newRecord(
                        PROMOTION.NAME,
                        PROMOTION.FENCE_IDS,
                        PROMOTION.AUDIENCE,
                        PROMOTION.HOURS,
                        PROMOTION.STARTS_AT,
                        PROMOTION.ENDS_AT,
                        PROMOTION.POINTS,
                        PROMOTION.TEMPLATE,
                        PROMOTION.PER_CUSTOMER_PER_DAY,
                        PROMOTION.PER_CUSTOMER_TOTAL,
                        PROMOTION.BUDGET);
        row.values(
                terms.name(),
                terms.fenceIds().toArray(UUID[]::new),
                terms.audience(),
                write(terms.hours()),
                terms.startsAt(),
                terms.endsAt(),
                terms.points(),
                terms.template(),
                terms.perCustomerPerDay(),
                terms.perCustomerTotal(),
                terms.budget());
        return row;
    }

    void become(DSLContext sql, UUID id, Promotion.State state) {
        sql.update(PROMOTION)
                .set(PROMOTION.STATE, state.text())
                .set(PROMOTION.VERSION, PROMOTION.VERSION.plus(1))
                .where(PROMOTION.ID.eq(id))
                .execute();
    }

    Optional<Promotion> find(DSLContext sql, UUID id, boolean lock) {
        var select = sql.select(PROMOTION.fields()).from(PROMOTION).where(PROMOTION.ID.eq(id));
        return (lock ? select.forUpdate() : select).fetchOptional(this::promotion);
    }

    List<Promotion> list(DSLContext sql, Condition which, int limit) {
        return sql.select(PROMOTION.fields())
                .from(PROMOTION)
                .where(which)
                .orderBy(PROMOTION.ID)
                .limit(limit)
                .fetch(this::promotion);
    }

    /** Those that stand on any of these fences, in an order that all take them in. */
    List<Promotion> active(DSLContext sql, Collection<UUID> fences) {
        return sql.select(PROMOTION.fields())
                .from(PROMOTION)
                .where(PROMOTION.STATE.eq(Promotion.State.ACTIVE.text()))
                .and(arrayOverlap(PROMOTION.FENCE_IDS, fences.toArray(UUID[]::new)))
                .orderBy(PROMOTION.ID)
                .fetch(this::promotion);
    }

    void use(DSLContext sql, UUID id, int times) {
        sql.update(PROMOTION)
                .set(PROMOTION.USED, PROMOTION.USED.plus(times))
                .where(PROMOTION.ID.eq(id))
                .execute();
    }

    /**
     * Gives back what decisions used that were granted; one that was given back is not any more, so
     * it happens once.
     */
    void giveBack(DSLContext sql, Collection<UUID> decisions) {
        var back =
                sql.update(DECISION)
                        .set(DECISION.OUTCOME, Decision.Outcome.REWARD_REFUSED.name())
                        .where(DECISION.ID.eq(any(decisions.toArray(UUID[]::new))))
                        .and(DECISION.OUTCOME.eq(Decision.Outcome.GRANTED.name()))
                        .returning(DECISION.PROMOTION_ID)
                        .fetch(DECISION.PROMOTION_ID);
        // In the order in which whoever decides takes them.
        new TreeSet<>(back)
                .forEach(promotion -> use(sql, promotion, -Collections.frequency(back, promotion)));
    }

    Had had(DSLContext sql, Promotion promotion, CustomerId customer, LocalDate today) {
        // Of one that also sends a message, the message was had whatever became of the points.
        var counted =
                promotion.terms().template() == null
                        ? List.of(Decision.Outcome.GRANTED.name())
                        : List.of(
                                Decision.Outcome.GRANTED.name(),
                                Decision.Outcome.REWARD_REFUSED.name());
        return sql.select(count().filterWhere(DECISION.DECIDED_ON.eq(today)), count())
                .from(DECISION)
                .where(DECISION.PROMOTION_ID.eq(promotion.id()))
                .and(DECISION.CUSTOMER_ID.eq(customer))
                .and(DECISION.OUTCOME.in(counted))
                .fetchSingle(row -> new Had(row.value1(), row.value2()));
    }

    boolean isDecided(DSLContext sql, UUID promotion, UUID event) {
        return sql.fetchExists(
                DECISION, DECISION.PROMOTION_ID.eq(promotion).and(DECISION.EVENT_ID.eq(event)));
    }

    void insert(DSLContext sql, Decision made, UUID event, LocalDate day) {
        var customer = made.customerId();
        sql.insertInto(DECISION)
                .set(DECISION.ID, made.id())
                .set(DECISION.PROMOTION_ID, made.promotionId())
                .set(DECISION.EVENT_ID, event)
                .set(DECISION.CUSTOMER_ID, customer)
                .set(DECISION.ORIGINAL_CUSTOMER_ID, customer == null ? null : customer.value())
                .set(DECISION.FENCE_ID, made.fenceId())
                .set(DECISION.OUTCOME, made.outcome().name())
                .set(DECISION.MISSING, made.missing().toArray(String[]::new))
                .set(DECISION.DECIDED_AT, made.decidedAt())
                .set(DECISION.DECIDED_ON, day)
                .execute();
    }

    /** The latest first. */
    static List<Decision> decisions(DSLContext sql, Condition which, int limit) {
        return sql.select(DECISION.fields())
                .from(DECISION)
                .where(which)
                .orderBy(DECISION.ID.desc())
                .limit(limit)
                .fetch(PromotionTable::decision);
    }

    private static Decision decision(Record row) {
        return new Decision(
                row.get(DECISION.ID),
                row.get(DECISION.PROMOTION_ID),
                row.get(DECISION.CUSTOMER_ID),
                row.get(DECISION.FENCE_ID),
                Decision.Outcome.valueOf(row.get(DECISION.OUTCOME)),
                List.of(row.get(DECISION.MISSING)),
                row.get(DECISION.DECIDED_AT));
    }

    private Promotion promotion(Record row) {
        var terms =
                new Promotion.Draft(
                        row.get(PROMOTION.NAME),
                        List.of(row.get(PROMOTION.FENCE_IDS)),
                        row.get(PROMOTION.AUDIENCE),
                        hours(row.get(PROMOTION.HOURS)),
                        row.get(PROMOTION.STARTS_AT),
                        row.get(PROMOTION.ENDS_AT),
                        row.get(PROMOTION.POINTS),
                        row.get(PROMOTION.TEMPLATE),
                        row.get(PROMOTION.PER_CUSTOMER_PER_DAY),
                        row.get(PROMOTION.PER_CUSTOMER_TOTAL),
                        row.get(PROMOTION.BUDGET));
        return new Promotion(
                row.get(PROMOTION.ID),
                row.get(PROMOTION.VERSION),
                Promotion.State.of(row.get(PROMOTION.STATE)),
                terms,
                row.get(PROMOTION.USED),
                row.get(PROMOTION.CREATED_AT));
    }

    private JSONB write(List<Promotion.Hours> hours) {
        try {
            var kept = hours.stream().map(KeptHours::of).toList();
            return JSONB.valueOf(mapper.writeValueAsString(kept));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Promotion.Hours> hours(JSONB kept) {
        try {
            var hours = mapper.readValue(kept.data(), new TypeReference<List<KeptHours>>() {});
            return hours.stream().map(KeptHours::hours).toList();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
