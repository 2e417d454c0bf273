package dev.kith.api;

/**
 * The mistakes every area shares. Over HTTP their codes stand without a plugin's prefix: {@code
 * notFound}, {@code wrongState}.
 *
 * {@snippet :
 * throw StandardError.WRONG_STATE
 *         .because("the claim is settled")
 *         .with("allowed", List.of("open"));
 * }
 */
public enum StandardError implements ErrorCode {
    INVALID_JSON(Kind.INVALID),
    INVALID_INPUT(Kind.INVALID),
    UNKNOWN_NAME(Kind.INVALID),
    INVALID_EXPRESSION(Kind.INVALID),
    UNAUTHENTICATED(Kind.UNAUTHENTICATED),
    FORBIDDEN(Kind.FORBIDDEN),
    NOT_FOUND(Kind.NOT_FOUND),
    /** The action does not fit the state; say which do with {@link Problem#with}. */
    WRONG_STATE(Kind.CONFLICT),
    IN_PROGRESS(Kind.CONFLICT),
    CONFLICT(Kind.CONFLICT),
    STALE(Kind.STALE),
    IF_MATCH_REQUIRED(Kind.PRECONDITION_MISSING),
    TOO_LARGE(Kind.TOO_LARGE),
    UNSUPPORTED_MEDIA_TYPE(Kind.UNSUPPORTED),
    /** A reference in a body that points to nothing. */
    UNKNOWN_REFERENCE(Kind.UNPROCESSABLE),
    UNPROCESSABLE(Kind.UNPROCESSABLE),
    KEY_REUSED(Kind.UNPROCESSABLE),
    FACT_UNAVAILABLE(Kind.UNPROCESSABLE),
    TOO_MANY_REQUESTS(Kind.TOO_MANY),
    OVERLOADED(Kind.OVERLOADED);

    private final Kind kind;

    StandardError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
