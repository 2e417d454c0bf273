package dev.kith.core.cli.tell;

/** What a command's exit code means to a script. Documented in the operator guide. */
public final class Exit {

    public static final int DONE = 0;

    /** It was refused, or failed. */
    public static final int FAILED = 1;

    /** The command line or the settings are wrong. */
    public static final int USAGE = 2;

    /** No server answers. */
    public static final int UNREACHABLE = 3;

    /** The key is unknown or may not. */
    public static final int NOT_ALLOWED = 4;

    /** The import came to its end, but some rows were left out. */
    public static final int REJECTS = 5;

    private Exit() {}
}
