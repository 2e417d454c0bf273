package dev.kith.core.plugins;

import dev.kith.core.loading.Descriptor;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.loading.Vouching;
import dev.kith.core.plugins.running.HostSurroundings;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import dev.kith.core.registry.Parts;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Under which conditions a plugin may start. Each check throws {@link StartFailure} if not. */
final class Conditions {

    private final Slots slots;
    private final HostSurroundings server;
    private final Decisions decisions;
    private final Vouching vouching;

    Conditions(Slots slots, HostSurroundings server, Decisions decisions) {
        this.slots = slots;
        this.server = server;
        this.decisions = decisions;
        this.vouching = new Vouching(server.trust(), server.packages());
    }

    void checkPackage(Descriptor descriptor) {
        vouching.check(descriptor.source());
    }

    /** Whether the database has room for its connections. */
    void checkRoom() {
        try {
            server.checkRoom(slots.areas().size() + 1);
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    void checkName(String id) {
        if (decisions.strangerHas(id)) {
            throw new StartFailure(
                    "an API key or a source of events from outside has its name already, so"
                            + " their event keys would get mixed up; give it another Plugin-Id");
        }
    }

    /** Those it needs. */
    void checkNeeded(Descriptor descriptor) {
        var circle = slots.dependencies().circle(descriptor.id());
        if (!circle.isEmpty()) {
            throw new StartFailure("they need each other: " + String.join(" → ", circle));
        }
        for (var dependency : descriptor.dependencies()) {
            if (!dependency.optional()) {
                check(dependency, slots.find(dependency.id()).orElse(null));
            }
        }
    }

    private static void check(Descriptor.Dependency needed, @Nullable Slot there) {
        if (there == null || !there.isRunning()) {
            throw new StartFailure("it needs " + needed.id() + ", which does not run");
        }
        if (!needed.accepts(there.descriptor().version())) {
            throw new StartFailure("it needs %s %s".formatted(needed.id(), needed.versions()));
        }
    }

    /** Those that need it, if it is to take the place of another version. */
    void checkNeeding(Descriptor descriptor) {
        for (var other : slots.all()) {
            for (var dependency : other.findDependencies()) {
                if (other.isRunning()
                        && dependency.id().equals(descriptor.id())
                        && !dependency.accepts(descriptor.version())) {
                    throw new StartFailure(
                            "%s runs and needs %s %s"
                                    .formatted(other.id(), descriptor.id(), dependency.versions()));
                }
            }
        }
    }

    /** What it has declared, against what others have. */
    void checkParts(Parts parts) {
        var topics = parts.topics().stream().map(Parts.TopicSpec::name).toList();
        var owners = topics.isEmpty() ? Map.<String, String>of() : decisions.owners(topics);
        var others = new ArrayList<>(slots.areas());
        others.removeIf(other -> other.id().equals(parts.plugin()));
        others.add(server.core());
        Declarations.check(parts, others, owners);
    }
}
