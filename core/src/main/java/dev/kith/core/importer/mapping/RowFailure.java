package dev.kith.core.importer.mapping;

/** Why one row is left out, while the others go on. */
final class RowFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RowFailure(String message) {
        super(message, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
