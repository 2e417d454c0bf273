package dev.kith.core.area;

import org.jspecify.annotations.Nullable;

/**
 * Memory that is let go when there is no other any more, so that whoever has used it up can be taken
 * out of service. There is one for the process, as the memory is one.
 */
public final class Reserve {

    /** The part of the heap that is kept, and how much of a large one is enough. */
    private static final int PART = 32;

    private static final int ENOUGH_BYTES = 32 << 20;

    private static volatile byte @Nullable [] kept;

    private Reserve() {}

    /** Puts it by, if it is not there and there is plenty of room for it. */
    static void keep() {
        var machine = Runtime.getRuntime();
        var size = (int) Math.min(ENOUGH_BYTES, machine.maxMemory() / PART);
        var used = machine.totalMemory() - machine.freeMemory();
        if (kept == null && machine.maxMemory() - used > 4L * size) {
            kept = new byte[size];
        }
    }

    /** To be called by whoever is refused memory, before anything else. Needs none itself. */
    public static void release() {
        kept = null;
    }
}
