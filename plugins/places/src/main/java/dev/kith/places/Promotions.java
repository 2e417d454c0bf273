package dev.kith.places;

import static dev.kith.places.db.Tables.DECISION;
import static dev.kith.places.db.Tables.FENCE;
import static dev.kith.places.db.Tables.PROMOTION;

import dev.kith.api.Audience;
import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Problem;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import dev.kith.places.Promotion.State;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.impl.DSL;

/** Making promotions, and switching them on and off. */
final class Promotions {

    private final PromotionTable table = new PromotionTable();
    private final Function<String, Audience> audiences;

    /**
     * @param audiences compiles an expression, or says what is wrong with it
     */
    Promotions(Function<String, Audience> audiences) {
        this.audiences = audiences;
    }

    Page<Promotion> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString);
        var state = request.query("state", State.class);
        var which =
                state.map(wanted -> PROMOTION.STATE.eq(wanted.text()))
                        .orElse(DSL.noCondition())
                        .and(after.map(PROMOTION.ID::gt).orElse(DSL.noCondition()));
        var found = table.list(read.sql(), which, request.limit() + 1);
        return Page.of(found, request.limit(), each -> each.id().toString());
    }

    Promotion find(Read read, Request request) {
        return find(read, request, false);
    }

    private Promotion find(Read read, Request request, boolean lock) {
        return table.find(read.sql(), request.id("promotion"), lock)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such promotion"));
    }

    Promotion create(Transaction tx, Request request, Promotion.Draft draft) {
        check(tx, draft);
        var made = new Promotion(tx.newId(), 1, State.DRAFT, draft, 0, tx.now());
        table.insert(tx.sql(), made);
        return made;
    }

    Stored<Promotion.Draft> current(Transaction tx, Request request) {
        var promotion = find(tx, request, true);
        return new Stored<>(promotion.terms(), promotion.version());
    }

    Promotion save(Transaction tx, Request request, Promotion.Draft draft) {
        var before = find(tx, request, true);
        allow(before, EnumSet.of(State.DRAFT, State.PAUSED));
        check(tx, draft);
        if (draft.budget() < before.used()) {
            throw StandardError.UNPROCESSABLE
                    .because("more than this budget is used already")
                    .at("/budget", "used", "at least " + before.used());
        }
        table.update(tx.sql(), before.id(), draft);
        return find(tx, request, false);
    }

    Promotion activate(Transaction tx, Request request) {
        return become(tx, request, State.ACTIVE, EnumSet.of(State.DRAFT, State.PAUSED));
    }

    Promotion pause(Transaction tx, Request request) {
        return become(tx, request, State.PAUSED, EnumSet.of(State.ACTIVE));
    }

    Promotion end(Transaction tx, Request request) {
        return become(
                tx, request, State.ENDED, EnumSet.of(State.DRAFT, State.ACTIVE, State.PAUSED));
    }

    private Promotion become(Transaction tx, Request request, State state, Set<State> from) {
        var before = find(tx, request, true);
        if (before.state() == state) {
            return before;
        }
        allow(before, from);
        table.become(tx.sql(), before.id(), state);
        return find(tx, request, false);
    }

    private static void allow(Promotion promotion, Set<State> states) {
        if (!states.contains(promotion.state())) {
            throw StandardError.WRONG_STATE
                    .because("the promotion is " + promotion.state().text())
                    .with("allowed", states.stream().map(State::text).toList());
        }
    }

    private void check(Transaction tx, Promotion.Draft draft) {
        var expression = draft.audience();
        if (expression != null) {
            audiences.apply(expression);
        }
        for (var i = 0; i < draft.fenceIds().size(); i++) {
            var fence = draft.fenceIds().get(i);
            var there = FENCE.ID.eq(fence).and(FENCE.ARCHIVED_AT.isNull());
            if (!tx.sql().fetchExists(FENCE, there)) {
                throw noFence("/fenceIds/" + i);
            }
        }
    }

    private static Problem noFence(String pointer) {
        return StandardError.UNKNOWN_REFERENCE
                .because("there is no such fence")
                .at(pointer, "unknownReference", "there is no such fence");
    }

    Page<Decision> decisions(Read read, Request request) {
        var after = request.after().map(UUID::fromString);
        var customer = request.query("customerId", UUID.class).map(CustomerId::new);
        var which =
                DECISION.PROMOTION_ID
                        .eq(find(read, request).id())
                        .and(customer.map(DECISION.CUSTOMER_ID::eq).orElse(DSL.noCondition()))
                        .and(after.map(DECISION.ID::lt).orElse(DSL.noCondition()));
        var found = PromotionTable.decisions(read.sql(), which, request.limit() + 1);
        return Page.of(found, request.limit(), each -> each.id().toString());
    }
}
