package dev.kith.core.webhooks;

import dev.kith.api.ErrorCode;

/** What a caller can do wrong about webhooks, beyond what every area shares. */
enum WebhookError implements ErrorCode {
    /** The address is none that this server may call. */
    ADDRESS_REFUSED(Kind.UNPROCESSABLE),
    TOO_MANY_WEBHOOKS(Kind.UNPROCESSABLE);

    private final Kind kind;

    WebhookError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
