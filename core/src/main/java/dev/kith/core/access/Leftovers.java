package dev.kith.core.access;

import static dev.kith.core.db.Tables.IDEMPOTENCY;
import static dev.kith.core.db.Tables.LOGIN_LINK;
import static dev.kith.core.db.Tables.SESSION;

import dev.kith.api.Crm;
import dev.kith.api.Transaction;
import dev.kith.core.jobs.Slice;
import java.time.Duration;
import org.jooq.impl.DSL;

/** Removes what has had its time: links, sessions, answers kept for idempotency keys. */
final class Leftovers {

    private static final Duration ANSWERS_KEPT = Duration.ofHours(24);

    /** How many answers one transaction forgets. */
    static final int FORGET_MAX = 10_000;

    private Leftovers() {}

    static void register(Crm crm) {
        crm.every(Duration.ofHours(1), "forget", Leftovers::forgetSignIns);
        new Slice("forgetAnswers", FORGET_MAX, tx -> forgetAnswers(tx, FORGET_MAX))
                .repeat(crm, Duration.ofMinutes(5));
    }

    private static void forgetSignIns(Transaction tx) {
        var now = tx.now();
        tx.sql().deleteFrom(LOGIN_LINK).where(LOGIN_LINK.EXPIRES_AT.lt(now)).execute();
        tx.sql().deleteFrom(SESSION).where(SESSION.EXPIRES_AT.lt(now)).execute();
    }

    static int forgetAnswers(Transaction tx, int max) {
        var kept = IDEMPOTENCY;
        var key = DSL.row(kept.SCOPE, kept.METHOD, kept.PATH, kept.KEY);
        var old =
                tx.sql()
                        .select(kept.SCOPE, kept.METHOD, kept.PATH, kept.KEY)
                        .from(kept)
                        .where(kept.CREATED_AT.lt(tx.now().minus(ANSWERS_KEPT)))
                        .orderBy(kept.CREATED_AT)
                        .limit(max);
        return tx.sql().deleteFrom(kept).where(key.in(old)).execute();
    }
}
