package dev.kith.core.access;

import static dev.kith.core.db.Tables.AUDIT;

import dev.kith.api.CustomerId;
import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import java.time.Instant;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Who changed what, latest first. */
final class AuditTrail {

    Page<AuditView> list(Read read, Request request) {
        var rows =
                read.sql()
                        .selectFrom(AUDIT)
                        .where(wanted(request))
                        .orderBy(AUDIT.ID.desc())
                        .limit(request.limit() + 1)
                        .fetch(AuditTrail::view);
        return Page.of(rows, request.limit(), entry -> entry.id().toString());
    }

    private static Condition wanted(Request request) {
        var customer = request.query("customerId", UUID.class).map(CustomerId::new);
        return DSL.and(
                request.after().map(Keys::position).map(AUDIT.ID::lt).orElse(DSL.noCondition()),
                customer.map(AUDIT.CUSTOMER_ID::eq).orElse(DSL.noCondition()),
                request.query("actor", String.class).map(AUDIT.ACTOR::eq).orElse(DSL.noCondition()),
                request.query("at.from", Instant.class).map(AUDIT.AT::ge).orElse(DSL.noCondition()),
                request.query("at.to", Instant.class).map(AUDIT.AT::lt).orElse(DSL.noCondition()));
    }

    private static AuditView view(Record row) {
        var detail = row.get(AUDIT.DETAIL);
        return new AuditView(
                row.get(AUDIT.ID),
                row.get(AUDIT.AT),
                row.get(AUDIT.ACTOR),
                row.get(AUDIT.ACTION),
                row.get(AUDIT.SUBJECT),
                row.get(AUDIT.CUSTOMER_ID),
                row.get(AUDIT.REQUEST_ID),
                detail == null ? null : detail.data());
    }
}
