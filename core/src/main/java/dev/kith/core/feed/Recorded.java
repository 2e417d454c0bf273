package dev.kith.core.feed;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event that was told.
 *
 * @param id of the event; of the first one if this is a duplicate
 * @param settled only if asked to wait: whether every subscription that runs has passed it
 * @param effects only if asked to wait: what it caused by then
 */
record Recorded(
        UUID id, Status status, @Nullable Boolean settled, @Nullable List<LoggedView> effects) {

    enum Status {
        RECORDED,
        DUPLICATE
    }

    static Recorded recorded(UUID id) {
        return new Recorded(id, Status.RECORDED, null, null);
    }

    static Recorded duplicate(UUID first) {
        return new Recorded(first, Status.DUPLICATE, null, null);
    }

    Recorded waited(boolean all, List<LoggedView> caused) {
        return new Recorded(id, status, all, caused);
    }
}
