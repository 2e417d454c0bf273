package dev.kith.core.plugins;

import dev.kith.api.ErrorCode;

/** What an operator can do wrong with plugins. */
public enum PluginsError implements ErrorCode {
    /** The plugin was to be switched on and did not start; it stays as it was decided before. */
    START_FAILED(Kind.CONFLICT),
    /** The change takes longer than a request may; it goes on, and the plugin's state tells its end. */
    STILL_UNDER_WAY(Kind.CONFLICT),
    /** The plugin was to be switched off and others that run need it. */
    NEEDED(Kind.CONFLICT);

    private final Kind kind;

    PluginsError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
