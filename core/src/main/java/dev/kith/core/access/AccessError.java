package dev.kith.core.access;

import dev.kith.api.ErrorCode;

/** What can go wrong with keys. */
enum AccessError implements ErrorCode {
    NAME_TAKEN(Kind.CONFLICT),
    /** Nobody hands out more than they hold. */
    NOT_YOURS_TO_GIVE(Kind.FORBIDDEN);

    private final Kind kind;

    AccessError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
