package dev.kith.core.packages;

/** How much a package may hold, so that reading a hostile one costs little. */
public enum PackageLimit {
    /** The jar itself. */
    PACKAGE_BYTES(32L << 20),
    ENTRIES(10_000),
    /** One entry, unpacked. */
    ENTRY_BYTES(64L << 20),
    /** All entries, unpacked. */
    UNPACKED_BYTES(256L << 20),
    /** One of the texts about the package. */
    TEXT_BYTES(4L << 20),
    NAME_CHARACTERS(512);

    private final long max;

    PackageLimit(long max) {
        this.max = max;
    }

    public long max() {
        return max;
    }

    WrongPackage exceeded(String where) {
        return new WrongPackage("%s: more than %d %s".formatted(where, max, words()));
    }

    private String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
