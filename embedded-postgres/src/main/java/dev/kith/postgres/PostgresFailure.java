package dev.kith.postgres;

import org.jspecify.annotations.Nullable;

/** The database cannot be had; the message is one line that an operator can act on. */
public final class PostgresFailure extends RuntimeException {

    PostgresFailure(String message) {
        super(message);
    }

    PostgresFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
