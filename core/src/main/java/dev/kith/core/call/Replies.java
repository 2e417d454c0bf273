package dev.kith.core.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.kith.api.Page;
import dev.kith.api.Versioned;
import dev.kith.core.input.Cursor;
import dev.kith.core.input.UuidText;
import dev.kith.core.registry.RouteSpec;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what handlers return. */
public final class Replies {

    private final ObjectWriter writer;
    private final @Nullable Method id;
    private final @Nullable Method customerId;

    Replies(ObjectWriter writer, RouteSpec spec) {
        this.writer = writer;
        this.id = component(spec, "id");
        this.customerId = component(spec, "customerId");
    }

    public byte[] bytes(Object out) {
        try {
            return writer.writeValueAsBytes(out);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer json(Outcome outcome) {
        var answer = Answer.of(outcome.status(), Answer.JSON, bytes(outcome.out()));
        return outcome.out() instanceof Versioned versioned
                ? answer.with(Map.of("ETag", Versions.etag(versioned.version())))
                : answer;
    }

    /** 304 if the caller has this version already. */
    Answer read(Outcome outcome, @Nullable String ifNoneMatch) {
        if (outcome.out() instanceof Versioned versioned
                && Versions.names(ifNoneMatch, versioned.version(), true)) {
            return Answer.empty(304).with(Map.of("ETag", Versions.etag(versioned.version())));
        }
        return json(outcome);
    }

    static Page<?> opaque(Page<?> page, String list, @Nullable String sort) {
        var next = page.next();
        return next == null
                ? page
                : new Page<>(page.items(), Cursor.encode(list, sort == null ? "" : sort, next));
    }

    /** The id of what was made, if the answer has one. */
    Optional<String> id(Object out) {
        return read(id, out).map(Object::toString);
    }

    Optional<UUID> customerId(Object out) {
        return read(customerId, out)
                .flatMap(value ->
                        value instanceof UUID uuid
                                ? Optional.of(uuid)
                                : UuidText.parse(value.toString()));
    }

    private static @Nullable Method component(RouteSpec spec, String name) {
        var type = spec.out().orElse(null);
        if (type == null || !type.isRecord()) {
            return null;
        }
        var found =
                Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .map(component -> component.getAccessor())
                        .findFirst()
                        .orElse(null);
        if (found != null) {
            found.setAccessible(true);
        }
        return found;
    }

    private static Optional<Object> read(@Nullable Method accessor, Object out) {
        if (accessor == null || !accessor.getDeclaringClass().isInstance(out)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(accessor.invoke(out));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
