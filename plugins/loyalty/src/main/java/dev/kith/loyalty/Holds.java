package dev.kith.loyalty;

import static dev.kith.loyalty.db.Tables.ACCOUNT;
import static dev.kith.loyalty.db.Tables.HOLD;

import dev.kith.api.CustomerId;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import dev.kith.loyalty.Entry.Kind;
import dev.kith.loyalty.Entry.Reason;
import dev.kith.loyalty.Hold.State;
import dev.kith.loyalty.Payloads.PointsSpent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SelectConditionStep;

/** Spending in two steps, so that points are never spent for something that is not delivered. */
final class Holds {

    private final ProgramConfig config;

    Holds(ProgramConfig config) {
        this.config = config;
    }

    Hold hold(Transaction tx, Request request, Hold.Request input) {
        var customer = request.customer("customer");
        reserve(tx, customer, input.points());
        var lapseAfter =
                input.lapseAfterSeconds() == null
                        ? config.holdsLapseAfter()
                        : Duration.ofSeconds(input.lapseAfterSeconds());
        var hold =
                new Hold(
                        tx.newId(),
                        customer,
                        input.points(),
                        State.HELD,
                        input.note(),
                        tx.now(),
                        tx.now().plus(lapseAfter));
        insert(tx.sql(), hold);
        tx.later(hold.lapsesAt(), "lapse", new Hold.Id(hold.id()));
        return hold;
    }

    // The condition is in the update itself: two holds at once cannot both take the last points.
    private static void reserve(Transaction tx, CustomerId customer, long points) {
        var reserved =
                tx.sql()
                        .update(ACCOUNT)
                        .set(ACCOUNT.HELD, ACCOUNT.HELD.plus(points))
                        .where(ACCOUNT.CUSTOMER_ID.eq(customer))
                        .and(ACCOUNT.BALANCE.minus(ACCOUNT.HELD).ge(points))
                        .execute();
        if (reserved == 0) {
            throw insufficient(tx, customer, points);
        }
    }

    /** Not enough points, or no such customer. */
    static Problem insufficient(Transaction tx, CustomerId customer, long points) {
        tx.customer(customer);
        var has = LedgerTable.totals(tx.sql(), customer).orElse(LedgerTable.Totals.ZERO);
        return LoyaltyError.INSUFFICIENT_POINTS.because(
                "needs %d, has %d".formatted(points, Math.max(0, has.available())));
    }

    private static void insert(DSLContext sql, Hold hold) {
        sql.insertInto(HOLD)
                .set(HOLD.ID, hold.id())
                .set(HOLD.CUSTOMER_ID, hold.customerId())
                .set(HOLD.ORIGINAL_CUSTOMER_ID, hold.customerId().value())
                .set(HOLD.POINTS, hold.points())
                .set(HOLD.STATE, hold.state().text())
                .set(HOLD.NOTE, hold.note())
                .set(HOLD.CREATED_AT, hold.createdAt())
                .set(HOLD.LAPSES_AT, hold.lapsesAt())
                .execute();
    }

    Hold find(Read read, Request request) {
        return fetch(select(read.sql(), HOLD.ID.eq(request.id("hold"))))
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such hold"));
    }

    Hold capture(Transaction tx, Request request) {
        var hold = locked(tx, request.id("hold"));
        if (hold.state() == State.CAPTURED) {
            return hold;
        }
        var captured = decide(tx, hold, State.CAPTURED);
        var entry =
                Posting.of(tx, hold.customerId(), Kind.SPEND, -hold.points(), Reason.CAPTURED)
                        .because(hold.id(), hold.note(), tx.now());
        for (var posted : LedgerTable.post(tx.sql(), List.of(entry), tx.now())) {
            tx.publish(
                    Vocabulary.POINTS_SPENT,
                    hold.customerId(),
                    new PointsSpent(hold.id(), hold.points(), posted.balance(), null));
        }
        return captured;
    }

    Hold release(Transaction tx, Request request) {
        var hold = locked(tx, request.id("hold"));
        return hold.state() == State.RELEASED ? hold : decide(tx, hold, State.RELEASED);
    }

    /** The timer's: nobody decided in time. */
    void lapse(Transaction tx, Hold.Id key) {
        select(tx.sql(), HOLD.ID.eq(key.id()).and(HOLD.STATE.eq(State.HELD.text())))
                .forUpdate()
                .fetchOptional(Holds::hold)
                .ifPresent(hold -> decide(tx, hold, State.LAPSED));
    }

    private static Hold decide(Transaction tx, Hold hold, State state) {
        var decided =
                tx.sql()
                        .update(HOLD)
                        .set(HOLD.STATE, state.text())
                        .where(HOLD.ID.eq(hold.id()))
                        .and(HOLD.STATE.eq(State.HELD.text()))
                        .execute();
        if (decided == 0) {
            throw StandardError.WRONG_STATE
                    .because("the hold is " + hold.state().text())
                    .with("allowed", List.of(State.HELD.text()));
        }
        tx.sql()
                .update(ACCOUNT)
                .set(ACCOUNT.HELD, ACCOUNT.HELD.minus(hold.points()))
                .where(ACCOUNT.CUSTOMER_ID.eq(hold.customerId()))
                .execute();
        tx.cancel("lapse", new Hold.Id(hold.id()));
        return new Hold(
                hold.id(),
                hold.customerId(),
                hold.points(),
                state,
                hold.note(),
                hold.createdAt(),
                hold.lapsesAt());
    }

    private static Hold locked(Transaction tx, UUID id) {
        var row = select(tx.sql(), HOLD.ID.eq(id)).forUpdate();
        return row.fetchOptional(Holds::hold)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such hold"));
    }

    private static SelectConditionStep<?> select(DSLContext sql, Condition which) {
        return sql.select(HOLD.fields()).from(HOLD).where(which);
    }

    private static Optional<Hold> fetch(SelectConditionStep<?> select) {
        return select.fetchOptional(Holds::hold);
    }

    private static Hold hold(org.jooq.Record row) {
        return new Hold(
                row.get(HOLD.ID),
                row.get(HOLD.CUSTOMER_ID),
                row.get(HOLD.POINTS),
                State.of(row.get(HOLD.STATE)),
                row.get(HOLD.NOTE),
                row.get(HOLD.CREATED_AT),
                row.get(HOLD.LAPSES_AT));
    }
}
