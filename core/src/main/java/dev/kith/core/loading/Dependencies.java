package dev.kith.core.loading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Who needs whom among the plugins that were found. */
public record Dependencies(Map<String, Descriptor> byId) {

    public Dependencies {
        byId = Map.copyOf(byId);
    }

    /** All of them, each after those it needs; by id where that does not matter. */
    public List<String> order() {
        var ordered = new LinkedHashSet<String>();
        byId.keySet().stream().sorted().forEach(id -> place(id, ordered, new LinkedHashSet<>()));
        return List.copyOf(ordered);
    }

    /** Those that come before this one, each after those it needs itself. */
    public List<String> before(String id) {
        var ordered = new LinkedHashSet<String>();
        place(id, ordered, new LinkedHashSet<>());
        ordered.remove(id);
        return List.copyOf(ordered);
    }

    private void place(String id, SequencedSet<String> ordered, SequencedSet<String> above) {
        if (!ordered.contains(id) && byId.containsKey(id) && above.add(id)) {
            for (var needed : byId.get(id).dependencies()) {
                // One that could be there and itself needs this one comes after it.
                if (!needed.optional() || !needs(needed.id(), id)) {
                    place(needed.id(), ordered, above);
                }
            }
            ordered.add(id);
            above.remove(id);
        }
    }

    /** The circle of plugins that need each other on which this one is; empty if there is none. */
    public List<String> circle(String id) {
        return way(id, id, new LinkedHashSet<>());
    }

    /** Whether a plugin cannot run without another one, directly or through others. */
    boolean needs(String id, String other) {
        return !way(id, other, new LinkedHashSet<>()).isEmpty();
    }

    private List<String> way(String from, String to, SequencedSet<String> seen) {
        var descriptor = byId.get(from);
        if (descriptor == null || !seen.add(from)) {
            return List.of();
        }
        for (var needed : descriptor.dependencies()) {
            if (needed.optional()) {
                continue;
            }
            if (needed.id().equals(to)) {
                return List.of(from, to);
            }
            var rest = way(needed.id(), to, seen);
            if (!rest.isEmpty()) {
                var whole = new ArrayList<>(List.of(from));
                whole.addAll(rest);
                return whole;
            }
        }
        return List.of();
    }
}
