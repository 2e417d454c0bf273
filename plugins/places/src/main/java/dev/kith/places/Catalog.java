package dev.kith.places;

import static dev.kith.places.db.Tables.FENCE;
import static dev.kith.places.db.Tables.OUTLINE;

import dev.kith.api.Read;
import java.util.List;

/**
 * The fences that stand, kept in memory: parsing them for every observation would cost far more than
 * comparing. Asks each time whether one has moved, on whichever node that was.
 */
final class Catalog {

    private record Kept(long version, List<Standing> fences) {}

    private final Drawing drawing;
    private volatile Kept kept = new Kept(0, List.of());

    Catalog(Drawing drawing) {
        this.drawing = drawing;
    }

    List<Standing> standing(Read read) {
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

    private List<Standing> load(Read read) {
        return read.sql()
                .select(FENCE.fields())
                .from(FENCE)
                .where(FENCE.ARCHIVED_AT.isNull())
                .orderBy(FENCE.ID)
                .fetch(row ->
                        new Standing(
                                row.get(FENCE.ID),
                                row.get(FENCE.NAME),
                                row.get(FENCE.SITE_ID),
                                drawing.read(row.get(FENCE.SHAPE)).shape(),
                                row.get(FENCE.SHAPE_VERSION),
                                row.get(FENCE.EXIT_BUFFER_METERS)));
    }
}
