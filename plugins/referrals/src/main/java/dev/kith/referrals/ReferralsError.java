package dev.kith.referrals;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong with codes. Why a claim is refused is no error: {@link Refusal}. */
enum ReferralsError implements ErrorCode {
    /** The code that was chosen belongs to somebody else. */
    CODE_TAKEN(Kind.CONFLICT),
    /** The code that was chosen is one that nobody may have. */
    CODE_RESERVED(Kind.INVALID),
    /** This customer has as many codes as one may have. */
    TOO_MANY_CODES(Kind.CONFLICT);

    private final Kind kind;

    ReferralsError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
