package dev.kith.core.importer;

import java.util.Arrays;

/** How many different texts there were, exactly up to a bound that keeps memory bounded too. */
final class Distinct {

    static final int COUNTED_MAX = 2_000_000;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    // Open addressing; zero is an empty slot.
    private long[] slots = new long[1 << 12];
    private int count;

    void add(String text) {
        if (count == COUNTED_MAX) {
            return;
        }
        if (count * 2 > slots.length) {
            grow();
        }
        count += insert(slots, hash(text)) ? 1 : 0;
    }

    int count() {
        return count;
    }

    /** Whether there were more than are counted. */
    boolean isFull() {
        return count == COUNTED_MAX;
    }

    private void grow() {
        var larger = new long[slots.length * 2];
        Arrays.stream(slots).filter(slot -> slot != 0).forEach(slot -> insert(larger, slot));
        slots = larger;
    }

    private static boolean insert(long[] slots, long hash) {
        var at = (int) hash & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = hash;
        return true;
    }

    private static long hash(String text) {
        var hash = FNV_OFFSET;
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
