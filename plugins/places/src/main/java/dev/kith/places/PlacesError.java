package dev.kith.places;

import dev.kith.api.ErrorCode;

/** Everything a caller can do wrong here, beyond what is wrong everywhere. */
enum PlacesError implements ErrorCode {
    /** A fence that a promotion stands on, or a site that has fences. */
    IN_USE(Kind.CONFLICT);

    private final Kind kind;

    PlacesError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
