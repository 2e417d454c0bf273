package dev.kith.places;

import static dev.kith.places.db.Tables.FENCE;
import static dev.kith.places.db.Tables.OUTLINE;

import dev.kith.api.Read;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The fences that stand, kept in memory: parsing them for every observation would cost far more than
 * comparing. Asks each time whether one has moved, on whichever node that was.
 */
final class Catalog {

    private record Kept(long version, Map<UUID, Standing> fences) {}

    private final Drawing drawing;
    private volatile Kept kept = new Kept(0, Map.of());

    Catalog(Drawing drawing) {
        this.drawing = drawing;
    }

    Map<UUID, Standing> standing(Read read) {
        var version =
                read.sql()
                        .select(OUTLINE.VERSION)
                        .from(OUTLINE)
                        .fetchSingle(row -> (long) row.value1());
        var known = kept;
        if (known.version != version) {
            known = new Kept(version, load(read));
            kept = known;
        }
        return known.fences;
    }

    private Map<UUID, Standing> load(Read read) {
        var fences = new LinkedHashMap<UUID, Standing>();
        read.sql()
                .select(FENCE.fields())
                .from(FENCE)
                .where(FENCE.ARCHIVED_AT.isNull())
                .orderBy(FENCE.ID)
                .forEach(row ->
                        fences.put(
                                row.get(FENCE.ID),
                                new Standing(
                                        row.get(FENCE.ID),
                                        row.get(FENCE.NAME),
                                        row.get(FENCE.SITE_ID),
                                        drawing.read(row.get(FENCE.SHAPE)).shape(),
                                        row.get(FENCE.SHAPE_VERSION),
                                        row.get(FENCE.EXIT_BUFFER_METERS))));
        return Collections.unmodifiableMap(fences);
    }
}
