package dev.kith.core.author;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Notices that something was written in some folders, once it has become quiet there. Looks instead
 * of asking the system for notices, because not every file system gives them.
 */
final class Watch {

    private final List<Path> places;
    private Footprint taken;
    private Footprint seen;

    Watch(List<Path> places) throws IOException {
        this.places = List.copyOf(places);
        taken = Footprint.of(places);
        seen = taken;
    }

    /** Whether something changed since the last time, and did not change since the last look. */
    boolean hasSettled() throws IOException {
        var now = Footprint.of(places);
        var quiet = now.equals(seen);
        seen = now;
        if (quiet && !now.equals(taken)) {
            taken = now;
            return true;
        }
        return false;
    }

    /** Takes what is there now as known. */
    void forget() throws IOException {
        taken = Footprint.of(places);
        seen = taken;
    }
}
