package dev.kith.places;

import dev.kith.api.CustomerId;
import dev.kith.api.Stamp;
import dev.kith.api.Transaction;
import dev.kith.api.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is in which fence, while one transaction evaluates observations of them. */
final class Tracking {

    private record Place(CustomerId customer, UUID fence) {}

    private final PlacesConfig config;
    private final Map<UUID, Standing> fences;
    private final Map<CustomerId, Instant> until;
    private final Map<CustomerId, Map<UUID, Presence>> present = new HashMap<>();
    private final Map<CustomerId, Instant> observed = new LinkedHashMap<>();
    private final Map<Place, Presence> changed = new LinkedHashMap<>();
    private final Map<Place, Presence> gone = new LinkedHashMap<>();
    private final List<Presence> entered = new ArrayList<>();
    private final List<Presence> left = new ArrayList<>();
    private final Set<Place> known = new HashSet<>();

    Tracking(
            Transaction tx,
            PlacesConfig config,
            Map<UUID, Standing> fences,
            Set<CustomerId> people) {
        this.config = config;
        this.fences = fences;
        until = people.isEmpty() ? Map.of() : PresenceTable.lock(tx.sql(), people);
        if (!people.isEmpty()) {
            for (var presence : PresenceTable.of(tx.sql(), people)) {
                of(presence.customerId()).put(presence.fenceId(), presence);
                known.add(new Place(presence.customerId(), presence.fenceId()));
            }
        }
    }

    /** Up to when this customer's observations have been evaluated. */
    Instant until(CustomerId customer) {
        return observed.getOrDefault(customer, until.getOrDefault(customer, Instant.EPOCH));
    }

    /**
     * Moves a customer to where they are.
     *
     * @param inside the fences that cover the position
     */
    Seen move(CustomerId customer, Observation seen, Set<UUID> inside) {
        var at = seen.observedAt();
        observed.put(customer, at);
        var in = new ArrayList<UUID>();
        var out = new ArrayList<UUID>();
        for (var id : inside) {
            if (stays(new Place(customer, id), at)) {
                in.add(id);
            }
        }
        for (var fence : List.copyOf(of(customer).keySet())) {
            if (!inside.contains(fence) && leaves(new Place(customer, fence), seen)) {
                out.add(fence);
            }
        }
        return Seen.moved(customer, in, out);
    }

    private Map<UUID, Presence> of(CustomerId customer) {
        return present.computeIfAbsent(customer, nowhere -> new LinkedHashMap<>());
    }

    /** Whether they were not inside before. */
    private boolean stays(Place place, Instant at) {
        var fence = fences.get(place.fence);
        var before = of(place.customer).get(place.fence);
        if (fence == null) {
            return false;
        }
        var now =
                before == null
                        ? Presence.entered(place.customer, fence, at)
                        : before.stays(fence, at);
        put(place, now);
        if (before == null) {
            entered.add(now);
        }
        return before == null;
    }

    /**
     * Whether they have left: clearly outside, twice, with some time between. A phone at the border
     * that says now this and now that stays where it is.
     */
    private boolean leaves(Place place, Observation seen) {
        var before = of(place.customer).get(place.fence);
        var fence = fences.get(place.fence);
        if (before == null) {
            return false;
        }
        if (fence == null || fence.shapeVersion() != before.shapeVersion()) {
            // The fence has moved and not the customer.
            remove(place, before);
            return false;
        }
        var beyond = fence.exitBufferMeters() + seen.accuracyMeters();
        if (fence.shape().metersFrom(seen.position()) <= beyond) {
            put(place, before.stays(fence, seen.observedAt()));
            return false;
        }
        var since = before.leavingAt();
        if (since == null) {
            put(place, before.seemsOutside(seen.observedAt()));
            return false;
        }
        if (since.plus(config.exitAfter()).isAfter(seen.observedAt())) {
            return false;
        }
        remove(place, before);
        left.add(before);
        return true;
    }

    private void put(Place place, Presence now) {
        of(place.customer).put(place.fence, now);
        changed.put(place, now);
        gone.remove(place);
    }

    private void remove(Place place, Presence before) {
        of(place.customer).remove(place.fence);
        changed.remove(place);
        if (known.contains(place)) {
            gone.put(place, before);
        }
    }

    /** Writes and tells what has changed. */
    void save(Transaction tx) {
        PresenceTable.observed(tx.sql(), observed);
        PresenceTable.remove(tx.sql(), gone.values());
        PresenceTable.save(tx.sql(), changed.values());
        PresenceTable.visited(tx, entered);
        entered.forEach(each ->
                tx.publish(
                        Vocabulary.PLACE_ENTERED,
                        each.customerId(),
                        new Payloads.PlaceEntered(each.fenceId(), site(each.fenceId())),
                        Stamp.at(each.enteredAt())));
        left.forEach(each -> tellLeft(tx, each, site(each.fenceId())));
    }

    static void tellLeft(Transaction tx, Presence left, @Nullable UUID site) {
        tx.publish(
                Vocabulary.PLACE_LEFT,
                left.customerId(),
                new Payloads.PlaceLeft(left.fenceId(), site, left.durationSeconds()),
                Stamp.at(left.lastSeenAt()));
    }

    private @Nullable UUID site(UUID fenceId) {
        var fence = fences.get(fenceId);
        return fence == null ? null : fence.siteId();
    }
}
