package dev.kith.places;

import static dev.kith.places.db.Tables.FENCE;
import static dev.kith.places.db.Tables.SITE;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Our own places. */
final class Sites {

    Page<Site> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString);
        var rows =
                read.sql()
                        .select(SITE.fields())
                        .from(SITE)
                        .where(SITE.ARCHIVED_AT.isNull())
                        .and(after.map(SITE.ID::gt).orElse(DSL.noCondition()))
                        .orderBy(SITE.ID)
                        .limit(request.limit() + 1)
                        .fetch(Sites::site);
        return Page.of(rows, request.limit(), site -> site.id().toString());
    }

    Site find(Read read, Request request) {
        return find(read, SITE.ID.eq(request.id("site")));
    }

    private static Site find(Read read, Condition which) {
        return read.sql()
                .select(SITE.fields())
                .from(SITE)
                .where(which)
                .fetchOptional(Sites::site)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such site"));
    }

    Site create(Transaction tx, Request request, Site.Draft draft) {
        var id = tx.newId();
        tx.sql()
                .insertInto(SITE)
                .set(SITE.ID, id)
                .set(SITE.VERSION, 1L)
                .set(SITE.NAME, draft.name())
                .set(SITE.ADDRESS, draft.address())
                .set(SITE.LAT, draft.position().lat())
                .set(SITE.LON, draft.position().lon())
                .set(SITE.TAGS, draft.tagsOrNone().toArray(String[]::new))
                .set(SITE.CREATED_AT, tx.now())
                .execute();
        return find(tx, SITE.ID.eq(id));
    }

    Stored<Site.Draft> current(Transaction tx, Request request) {
        tx.sql().selectOne().from(SITE).where(SITE.ID.eq(request.id("site"))).forUpdate().fetch();
        var site = find(tx, request);
        return new Stored<>(site.draft(), site.version());
    }

    Site save(Transaction tx, Request request, Site.Draft draft) {
        tx.sql()
                .update(SITE)
                .set(SITE.VERSION, SITE.VERSION.plus(1))
                .set(SITE.NAME, draft.name())
                .set(SITE.ADDRESS, draft.address())
                .set(SITE.LAT, draft.position().lat())
                .set(SITE.LON, draft.position().lon())
                .set(SITE.TAGS, draft.tagsOrNone().toArray(String[]::new))
                .where(SITE.ID.eq(request.id("site")))
                .execute();
        return find(tx, request);
    }

    Site archive(Transaction tx, Request request) {
        var stored = current(tx, request);
        var fenced =
                tx.sql()
                        .fetchExists(
                                FENCE,
                                FENCE.SITE_ID
                                        .eq(request.id("site"))
                                        .and(FENCE.ARCHIVED_AT.isNull()));
        if (fenced) {
            throw PlacesError.IN_USE.because("fences stand around it");
        }
        tx.sql()
                .update(SITE)
                .set(SITE.ARCHIVED_AT, tx.now())
                .set(SITE.VERSION, stored.version() + 1)
                .where(SITE.ID.eq(request.id("site")))
                .and(SITE.ARCHIVED_AT.isNull())
                .execute();
        return find(tx, request);
    }

    private static Site site(org.jooq.Record row) {
        return new Site(
                row.get(SITE.ID),
                row.get(SITE.VERSION),
                row.get(SITE.NAME),
                row.get(SITE.ADDRESS),
                new Site.Spot(row.get(SITE.LAT), row.get(SITE.LON)),
                List.of(row.get(SITE.TAGS)),
                row.get(SITE.CREATED_AT),
                row.get(SITE.ARCHIVED_AT));
    }
}
