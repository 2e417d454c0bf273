package dev.kith.api;

/**
 * One thing a caller can do wrong. Each area has one enum of them, so that all are seen in one place:
 *
 * {@snippet :
 * enum LoyaltyError implements ErrorCode {
 *     INSUFFICIENT_POINTS(Kind.CONFLICT);
 *     // …
 * }
 * throw LoyaltyError.INSUFFICIENT_POINTS.because("needs 500, has 320");
 * }
 *
 * Over HTTP the code is {@code <plugin>.<name in lowerCamelCase>}; its title in both languages stands
 * in the plugin's messages under {@code problem.<name in lowerCamelCase>}.
 */
public interface ErrorCode {

    /** Of what kind the mistake is; the server alone maps it to an HTTP status. */
    Kind kind();

    /** The constant's name, as an enum has it. */
    String name();

    /** The problem to throw. {@code detail} is for the caller: no secrets, no personal data. */
    default Problem because(String detail) {
        return new Problem(this, detail);
    }

    /** What sort of mistake it is, with the status that it is answered with. */
    enum Kind {
        /** One field is wrong by itself: 400. */
        INVALID,
        /** The caller is not known: 401. */
        UNAUTHENTICATED,
        /** The caller may not: 403. */
        FORBIDDEN,
        /** There is no such thing, or not for this caller: 404. */
        NOT_FOUND,
        /** The thing is in a state that does not allow it: 409. */
        CONFLICT,
        /** {@code If-Match} is stale: 412. */
        STALE,
        /** {@code If-Match} is missing: 428. */
        PRECONDITION_MISSING,
        /** Larger than a limit: 413. */
        TOO_LARGE,
        /** Not a type of content that is taken here: 415. */
        UNSUPPORTED,
        /** Fields are fine one by one but not together, or refer to nothing: 422. */
        UNPROCESSABLE,
        /** Too many from this caller: 429. */
        TOO_MANY,
        /** Too much for the server now: 503. */
        OVERLOADED
    }
}
