package dev.kith.core.access;

import static dev.kith.core.db.Tables.IDEMPOTENCY;
import static dev.kith.core.db.Tables.LOGIN_LINK;
import static dev.kith.core.db.Tables.SESSION;

import dev.kith.api.Transaction;
import java.time.Duration;

/** Removes what has had its time: links, sessions, answers kept for idempotency keys. */
final class Leftovers {

    private static final Duration ANSWERS_KEPT = Duration.ofHours(24);

    void forget(Transaction tx) {
        var now = tx.now();
        tx.sql()
                .deleteFrom(IDEMPOTENCY)
                .where(IDEMPOTENCY.CREATED_AT.lt(now.minus(ANSWERS_KEPT)))
                .execute();
        tx.sql().deleteFrom(LOGIN_LINK).where(LOGIN_LINK.EXPIRES_AT.lt(now)).execute();
        tx.sql().deleteFrom(SESSION).where(SESSION.EXPIRES_AT.lt(now)).execute();
    }
}
