package dev.kith.core.install;

import dev.kith.api.ErrorCode;

/** What an operator can do wrong with packages and removals. */
public enum InstallError implements ErrorCode {
    /** The file is no package, or one that is not to be touched; it is not kept. */
    WRONG_PACKAGE(Kind.UNPROCESSABLE),
    /** The plan says why this package cannot be installed here. */
    PACKAGE_REFUSED(Kind.CONFLICT),
    /** The package is installed, or kept for a plugin that was removed. */
    PACKAGE_IN_USE(Kind.CONFLICT),
    /** Too many packages wait for somebody to install them. */
    TOO_MANY_PACKAGES(Kind.CONFLICT),
    /** Data of an earlier purge is still set aside, or in the way of what is to come back. */
    SET_ASIDE(Kind.CONFLICT),
    /** The plugin runs, or is about to. */
    MUST_BE_OFF(Kind.CONFLICT);

    private final Kind kind;

    InstallError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
