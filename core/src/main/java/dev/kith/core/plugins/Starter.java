package dev.kith.core.plugins;

import dev.kith.core.area.Reserve;
import dev.kith.core.registry.Parts;
import dev.kith.core.schema.NotExpanding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts plugins, step by step; one that fails leaves nothing behind but the reason. */
final class Starter {

    private static final Logger log = LoggerFactory.getLogger(Starter.class);

    private final Slots slots;
    private final Wishes wishes;
    private final HostSurroundings server;
    private final Migrations migrations;
    private final List<Wiring> wirings;
    private final Decisions decisions;
    private final Vouching vouching;
    private final Departed departed = new Departed();
    private final AtomicInteger begun = new AtomicInteger();

    Starter(
            Slots slots,
            Wishes wishes,
            HostSurroundings server,
            Migrations migrations,
            List<Wiring> wirings,
            Decisions decisions) {
        this.slots = slots;
        this.wishes = wishes;
        this.server = server;
        this.migrations = migrations;
        this.wirings = List.copyOf(wirings);
        this.decisions = decisions;
        this.vouching = new Vouching(server.trust(), server.packages());
    }

    /** Class loaders of what has left, be it at once because it did not start. */
    Departed departed() {
        return departed;
    }

    /** How many starts were begun so far. */
    int begun() {
        return begun.get();
    }

    void start(Slot slot) {
        start(slot, null);
    }

    /**
     * @param before what runs of the same plugin and is to be replaced
     */
    void start(Slot slot, @Nullable RunningPlugin before) {
        slot.is(PluginState.STARTING);
        begun.incrementAndGet();
        var began = System.nanoTime();
        var reached = new Reached();
        try {
            var descriptor = slot.descriptor();
            prepare(descriptor, before != null, reached);
            reached.at(StartPhase.REGISTER);
            var loaded = LoadedPlugin.load(descriptor.source());
            reached.loader = loaded.loader();
            var check = check(descriptor, reached);
            slot.started(
                    before == null
                            ? RunningPlugin.start(slot.id(), loaded, server, check, wirings)
                            : RunningPlugin.startInPlaceOf(before, loaded, server, check, wirings));
            log.info(
                    "plugin {} {} runs after {} ms",
                    slot.id(),
                    descriptor.version(),
                    (System.nanoTime() - began) / 1_000_000);
        } catch (Throwable e) {
            // Whatever it is, out of memory too, it is this plugin's failure and ends no other
            // start.
            Reserve.release();
            slot.failed(reached.phase, StartFailure.reason(e));
            if (reached.loader != null) {
                departed.add(slot.descriptor(), reached.loader);
            }
            log.error("plugin {} does not start: {}", slot.id(), StartFailure.logged(e));
        }
    }

    /** How far a start has come. */
    private static final class Reached {
        private StartPhase phase = StartPhase.PACKAGE;
        private @Nullable ClassLoader loader;

        void at(StartPhase next) {
            phase = next;
        }
    }

    /** All that is done before any of its code runs. */
    private void prepare(Descriptor descriptor, boolean beside, Reached reached) {
        vouching.check(descriptor.source());
        reached.at(StartPhase.API);
        descriptor.checkApi();
        reached.at(StartPhase.NAME);
        checkName(descriptor.id());
        reached.at(StartPhase.DEPENDENCIES);
        startFirst(descriptor);
        reached.at(StartPhase.CONNECTIONS);
        if (!beside) {
            checkRoom();
        }
        reached.at(StartPhase.MIGRATION);
        if (beside) {
            checkNeeding(descriptor);
            expand(descriptor, reached);
        } else {
            migrations.apply(descriptor.id(), descriptor.source());
        }
    }

    private void expand(Descriptor descriptor, Reached reached) {
        var running = slots.get(descriptor.id()).descriptor().version();
        try {
            migrations.applyBeside(descriptor.id(), descriptor.source(), running);
        } catch (NotExpanding e) {
            reached.at(StartPhase.EXPANSION);
            throw new StartFailure(
                    "%s. Version %s runs and may count on it".formatted(e.reason(), running));
        }
    }

    private BiConsumer<Parts, Set<String>> check(Descriptor descriptor, Reached reached) {
        return (parts, facts) -> {
            reached.at(StartPhase.DECLARATIONS);
            check(parts);
            reached.at(StartPhase.DESCRIPTION);
            Described.check(
                    descriptor, parts, facts, name -> server.settingsName(descriptor.id(), name));
            reached.at(StartPhase.WIRING);
        };
    }

    private void checkRoom() {
        try {
            server.checkRoom(slots.areas().size() + 1);
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void checkName(String id) {
        if (decisions.strangerHas(id)) {
            throw new StartFailure(
                    "an API key or a source of events from outside has its name already, so"
                            + " their event keys would get mixed up; give it another Plugin-Id");
        }
    }

    private void startFirst(Descriptor descriptor) {
        var all = slots.dependencies();
        var circle = all.circle(descriptor.id());
        if (!circle.isEmpty()) {
            throw new StartFailure("they need each other: " + String.join(" → ", circle));
        }
        for (var dependency : descriptor.dependencies()) {
            var slot = slots.find(dependency.id()).orElse(null);
            if (slot != null
                    && slot.state() == PluginState.INSTALLED
                    && wishes.wanted(slot.id())
                    && !all.needs(slot.id(), descriptor.id())) {
                start(slot);
            }
            if (!dependency.optional()) {
                check(dependency, slot);
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

    private void checkNeeding(Descriptor descriptor) {
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

    private void check(Parts parts) {
        var topics = parts.topics().stream().map(Parts.TopicSpec::name).toList();
        var owners = topics.isEmpty() ? Map.<String, String>of() : decisions.owners(topics);
        var others = new ArrayList<>(slots.areas());
        others.removeIf(other -> other.id().equals(parts.plugin()));
        others.add(server.core());
        Declarations.check(parts, others, owners);
    }
}
