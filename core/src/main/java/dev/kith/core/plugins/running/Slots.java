package dev.kith.core.plugins.running;

import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.loading.Dependencies;
import dev.kith.core.loading.Descriptor;
import dev.kith.core.loading.StartFailure;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The plugins that were found, by id. Changed by whoever has a plugin's turn, read by anybody. */
public final class Slots {

    private final Map<String, Slot> byId = new ConcurrentSkipListMap<>();

    /** Takes in what lies there, readable or not. */
    public void find(Path source) {
        try {
            var descriptor = Descriptor.of(source);
            var other = byId.putIfAbsent(descriptor.id(), Slot.of(descriptor));
            if (other != null) {
                put(twice(other, source));
            }
        } catch (StartFailure e) {
            var name = String.valueOf(source.getFileName());
            put(Slot.unreadable(name, source, StartFailure.reason(e)));
        }
    }

    private static Slot twice(Slot other, Path source) {
        var reason =
                "both %s and %s say they are %s; take one away"
                        .formatted(other.source().getFileName(), source.getFileName(), other.id());
        return Slot.unreadable(other.id(), source, reason);
    }

    public void put(Slot slot) {
        byId.put(slot.id(), slot);
    }

    public void remove(String id) {
        byId.remove(id);
    }

    /**
     * @throws dev.kith.api.Problem {@code notFound}
     */
    public Slot get(String id) {
        return find(id).orElseThrow(
                        () -> StandardError.NOT_FOUND.because("there is no such plugin"));
    }

    public Optional<Slot> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<Slot> all() {
        return byId.values();
    }

    public Set<String> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    /** Where each comes from, by its id. */
    public Map<String, Path> sources() {
        var sources = new TreeMap<String, Path>();
        byId.forEach((id, slot) -> sources.put(id, slot.source()));
        return sources;
    }

    /** The areas of those that run. */
    public Collection<Area> areas() {
        return all().stream().map(Slot::area).flatMap(Optional::stream).toList();
    }

    public Dependencies dependencies() {
        var found = new HashMap<String, Descriptor>();
        byId.forEach((id, slot) -> slot.findDescriptor().ifPresent(d -> found.put(id, d)));
        return new Dependencies(found);
    }

    /** Those that run and cannot without this one. */
    public List<String> needing(String id) {
        return all().stream()
                .filter(Slot::isRunning)
                .filter(other ->
                        other.findDependencies().stream()
                                .anyMatch(d -> d.id().equals(id) && !d.optional()))
                .map(Slot::id)
                .toList();
    }
}
