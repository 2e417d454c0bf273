package dev.kith.surveys;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong with surveys. */
enum SurveysError implements ErrorCode {
    /** Another questionnaire has this key. */
    KEY_TAKEN(Kind.CONFLICT),
    /** The customer was asked something a short while ago. */
    COOLING_DOWN(Kind.CONFLICT),
    /** The link was used, is too old, or its questionnaire is closed. */
    LINK_SPENT(Kind.CONFLICT);

    private final Kind kind;

    SurveysError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
