package dev.kith.core.consents;

import dev.kith.api.ErrorCode;

/** What else can be wrong with a consent. */
enum ConsentError implements ErrorCode {
    TOO_MANY_CONSENTS(Kind.CONFLICT);

    private final Kind kind;

    ConsentError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
