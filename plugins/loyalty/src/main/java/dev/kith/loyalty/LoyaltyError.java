package dev.kith.loyalty;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong with points. */
enum LoyaltyError implements ErrorCode {
    /** More points are to be held than are available. */
    INSUFFICIENT_POINTS(Kind.CONFLICT);

    private final Kind kind;

    LoyaltyError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
