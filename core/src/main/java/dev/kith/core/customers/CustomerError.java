package dev.kith.core.customers;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong about customers, beyond what every area shares. */
enum CustomerError implements ErrorCode {
    /** Another customer has this foreign id already. */
    EXTERNAL_ID_TAKEN(Kind.CONFLICT),
    /** A customer would belong to itself, directly or through others. */
    PARENT_CYCLE(Kind.UNPROCESSABLE),
    ATTRIBUTE_EXISTS(Kind.CONFLICT),
    /** Customers still have values of it. */
    ATTRIBUTE_USED(Kind.CONFLICT),
    /** A list inside a customer is full. */
    TOO_MANY_ENTRIES(Kind.UNPROCESSABLE);

    private final Kind kind;

    CustomerError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
