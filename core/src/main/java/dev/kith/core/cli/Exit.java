package dev.kith.core.cli;

/** What a command's exit code means to a script. Documented in the operator guide. */
final class Exit {

    static final int DONE = 0;

    /** It was refused, or failed. */
    static final int FAILED = 1;

    /** The command line or the settings are wrong. */
    static final int USAGE = 2;

    /** No server answers. */
    static final int UNREACHABLE = 3;

    /** The key is unknown or may not. */
    static final int NOT_ALLOWED = 4;

    /** The import came to its end, but some rows were left out. */
    static final int REJECTS = 5;

    private Exit() {}
}
