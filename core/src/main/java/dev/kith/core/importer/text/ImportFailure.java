package dev.kith.core.importer.text;

import org.jspecify.annotations.Nullable;

/** Why an import cannot begin or go on, in words for whoever ran it. */
public final class ImportFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ImportFailure(String message) {
        super(message);
    }

    public ImportFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
