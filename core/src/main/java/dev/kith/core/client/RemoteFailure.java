package dev.kith.core.client;

import org.jspecify.annotations.Nullable;

/** A call that did not succeed, in words for whoever ran the command. */
public final class RemoteFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int status;

    /** What went wrong, as far as it matters for what to do next. */
    public enum Kind {
        /** No server answers. */
        UNREACHABLE,
        /** It answers, but not now. */
        BUSY,
        /** The key is unknown or may not. */
        NOT_ALLOWED,
        /** The request itself is wrong. */
        REFUSED
    }

    /** That it did not get through, for a reason that may pass. */
    public RemoteFailure(String message) {
        this(Kind.UNREACHABLE, message, 0);
    }

    RemoteFailure(Kind kind, String message, int status) {
        super(message);
        this.kind = kind;
        this.status = status;
    }

    RemoteFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = 0;
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status, or 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** Whether the same call may succeed a little later. */
    public boolean worthRepeating() {
        return kind == Kind.UNREACHABLE || kind == Kind.BUSY;
    }
}
