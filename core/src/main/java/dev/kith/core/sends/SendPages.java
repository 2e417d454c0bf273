package dev.kith.core.sends;

import static dev.kith.core.db.Tables.SEND;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Lists of sends, the latest first, that a caller may narrow to a {@code state}. */
public final class SendPages {

    private SendPages() {}

    public static <T> Page<T> list(
            Read read, Request request, Condition which, Function<Record, T> view) {
        var before = request.after().map(SendPages::number).map(SEND.NUMBER::lt);
        var state = request.query("state", SendState.class).map(SendPages::in);
        var rows =
                read.sql()
                        .selectFrom(SEND)
                        .where(which)
                        .and(before.orElse(DSL.noCondition()))
                        .and(state.orElse(DSL.noCondition()))
                        .orderBy(SEND.NUMBER.desc())
                        .limit(request.limit() + 1)
                        .fetch();
        var page = Page.of(rows, request.limit(), row -> row.get(SEND.NUMBER).toString());
        return new Page<>(page.items().stream().map(view).toList(), page.next());
    }

    private static Condition in(SendState state) {
        return SEND.STATE.eq(DSL.inline(state.stored()));
    }

    private static long number(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw StandardError.INVALID_INPUT.because("the cursor is not one of this list");
        }
    }
}
