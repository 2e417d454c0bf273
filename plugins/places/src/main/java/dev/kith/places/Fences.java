package dev.kith.places;

import static dev.kith.places.db.Tables.FENCE;
import static dev.kith.places.db.Tables.OUTLINE;
import static dev.kith.places.db.Tables.PRESENCE;
import static dev.kith.places.db.Tables.PROMOTION;
import static dev.kith.places.db.Tables.SITE;

import dev.kith.api.Page;
import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.StandardError;
import dev.kith.api.Stored;
import dev.kith.api.Transaction;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Drawing, changing and taking away fences. */
final class Fences {

    private final Drawing drawing = new Drawing();
    private final Catalog catalog = new Catalog(drawing);
    private final PlacesConfig config;

    Fences(PlacesConfig config) {
        this.config = config;
    }

    /** All that stand now, as they are compared with positions. */
    Map<UUID, Standing> standing(Read read) {
        return catalog.standing(read);
    }

    Page<Fence> list(Read read, Request request) {
        var after = request.after().map(UUID::fromString);
        var site = request.query("siteId", UUID.class);
        var rows =
                read.sql()
                        .select(FENCE.fields())
                        .from(FENCE)
                        .where(FENCE.ARCHIVED_AT.isNull())
                        .and(site.map(FENCE.SITE_ID::eq).orElse(DSL.noCondition()))
                        .and(after.map(FENCE.ID::gt).orElse(DSL.noCondition()))
                        .orderBy(FENCE.ID)
                        .limit(request.limit() + 1)
                        .fetch(drawing::fence);
        return Page.of(rows, request.limit(), fence -> fence.id().toString());
    }

    /** All that stand now, as they were drawn. */
    List<Fence> drawn(Read read) {
        return read.sql()
                .select(FENCE.fields())
                .from(FENCE)
                .where(FENCE.ARCHIVED_AT.isNull())
                .orderBy(FENCE.ID)
                .fetch(drawing::fence);
    }

    Fence find(Read read, Request request) {
        return find(read, request.id("fence"));
    }

    private Fence find(Read read, UUID id) {
        return read.sql()
                .select(FENCE.fields())
                .from(FENCE)
                .where(FENCE.ID.eq(id))
                .fetchOptional(drawing::fence)
                .orElseThrow(() -> StandardError.NOT_FOUND.because("there is no such fence"));
    }

    Fence create(Transaction tx, Request request, Fence.Draft draft) {
        draft.shape().shape();
        checkSite(tx, draft.siteId());
        var id = tx.newId();
        tx.sql()
                .insertInto(FENCE)
                .set(FENCE.ID, id)
                .set(FENCE.VERSION, 1L)
                .set(FENCE.NAME, draft.name())
                .set(FENCE.SITE_ID, draft.siteId())
                .set(FENCE.SHAPE, drawing.write(draft.shape()))
                .set(FENCE.SHAPE_VERSION, 1L)
                .set(FENCE.EXIT_BUFFER_METERS, buffer(draft))
                .set(FENCE.CREATED_AT, tx.now())
                .execute();
        moved(tx);
        return find(tx, id);
    }

    Stored<Fence.Draft> current(Transaction tx, Request request) {
        lock(tx, request.id("fence"));
        var fence = find(tx, request);
        return new Stored<>(fence.draft(), fence.version());
    }

    /** A shape that changes moves nobody: whoever was inside is judged by the new one from then on. */
    Fence save(Transaction tx, Request request, Fence.Draft draft) {
        draft.shape().shape();
        checkSite(tx, draft.siteId());
        var before = find(tx, request);
        var redrawn = before.shape().equals(draft.shape()) ? 0 : 1;
        tx.sql()
                .update(FENCE)
                .set(FENCE.VERSION, FENCE.VERSION.plus(1))
                .set(FENCE.NAME, draft.name())
                .set(FENCE.SITE_ID, draft.siteId())
                .set(FENCE.SHAPE, drawing.write(draft.shape()))
                .set(FENCE.SHAPE_VERSION, FENCE.SHAPE_VERSION.plus(redrawn))
                .set(FENCE.EXIT_BUFFER_METERS, buffer(draft))
                .where(FENCE.ID.eq(before.id()))
                .execute();
        moved(tx);
        return find(tx, request);
    }

    /** Nobody has left it: it is gone. */
    Fence archive(Transaction tx, Request request) {
        var id = request.id("fence");
        lock(tx, id);
        if (find(tx, id).archivedAt() != null) {
            return find(tx, id);
        }
        var used =
                tx.sql()
                        .fetchExists(
                                PROMOTION,
                                PROMOTION
                                        .STATE
                                        .ne(Promotion.State.ENDED.text())
                                        .and(DSL.val(id).eq(DSL.any(PROMOTION.FENCE_IDS))));
        if (used) {
            throw PlacesError.IN_USE.because("a promotion stands on it; end that first");
        }
        tx.sql()
                .update(FENCE)
                .set(FENCE.ARCHIVED_AT, tx.now())
                .set(FENCE.VERSION, FENCE.VERSION.plus(1))
                .where(FENCE.ID.eq(id))
                .execute();
        tx.sql().deleteFrom(PRESENCE).where(PRESENCE.FENCE_ID.eq(id)).execute();
        moved(tx);
        return find(tx, id);
    }

    private static void lock(Transaction tx, UUID id) {
        tx.sql().selectOne().from(FENCE).where(FENCE.ID.eq(id)).forUpdate().fetch();
    }

    private static void moved(Transaction tx) {
        tx.sql().update(OUTLINE).set(OUTLINE.VERSION, OUTLINE.VERSION.plus(1)).execute();
    }

    private double buffer(Fence.Draft draft) {
        var own = draft.exitBufferMeters();
        return own == null ? config.exitBufferMeters() : own;
    }

    private static void checkSite(Read read, @Nullable UUID site) {
        var there = SITE.ID.eq(site).and(SITE.ARCHIVED_AT.isNull());
        if (site != null && !read.sql().fetchExists(SITE, there)) {
            throw StandardError.UNKNOWN_REFERENCE
                    .because("there is no such site")
                    .at("/siteId", "unknownReference", "there is no such site");
        }
    }
}
