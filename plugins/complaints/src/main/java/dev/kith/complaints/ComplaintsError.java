package dev.kith.complaints;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong with complaints. */
enum ComplaintsError implements ErrorCode {
    /** The step needs words for the customer, or a reason. */
    NOTE_NEEDED(Kind.UNPROCESSABLE),
    /** Times that are given for a case do not follow one another. */
    TIMES_OUT_OF_ORDER(Kind.UNPROCESSABLE),
    /** Hours overlap, or there are too few of them. */
    HOURS_UNUSABLE(Kind.UNPROCESSABLE),
    /** Another case has this reference. */
    REFERENCE_TAKEN(Kind.CONFLICT);

    private final Kind kind;

    ComplaintsError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
