package dev.kith.messages;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong with templates. */
enum MessagesError implements ErrorCode {
    /** A template names something its sample does not give. */
    UNKNOWN_PLACEHOLDER(Kind.UNPROCESSABLE),
    /** A placeholder stands where no text can be made safe, such as in a script. */
    UNSAFE_PLACE(Kind.UNPROCESSABLE);

    private final Kind kind;

    MessagesError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
