package dev.kith.core.schema;

import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A migration would take from the version that runs what it may count on. */
public final class NotExpanding extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final String reason;

    NotExpanding(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Flyway wraps what its callbacks throw. */
    public static Optional<NotExpanding> behind(@Nullable Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof NotExpanding refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    /** The file, the line where it can be told, and what would be lost. */
    public String reason() {
        return reason;
    }
}
