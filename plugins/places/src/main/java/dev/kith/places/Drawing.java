package dev.kith.places;

import static dev.kith.places.db.Tables.FENCE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.jooq.JSONB;
import org.jooq.Record;

/** Fences as rows: a shape is kept as it was drawn. */
final class Drawing {

    private final JsonMapper mapper = JsonMapper.builder().build();

    Fence fence(Record row) {
        return new Fence(
                row.get(FENCE.ID),
                row.get(FENCE.VERSION),
                row.get(FENCE.NAME),
                row.get(FENCE.SITE_ID),
                read(row.get(FENCE.SHAPE)),
                row.get(FENCE.EXIT_BUFFER_METERS),
                row.get(FENCE.CREATED_AT),
                row.get(FENCE.ARCHIVED_AT));
    }

    JSONB write(Outline outline) {
        try {
            return JSONB.valueOf(mapper.writeValueAsString(outline));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Outline read(JSONB drawn) {
        try {
            return mapper.readValue(drawn.data(), Outline.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
