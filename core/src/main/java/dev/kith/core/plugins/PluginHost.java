package dev.kith.core.plugins;

import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.registry.Parts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All plugins of this node: which were found, which run, and switching them on and off while the
 * server runs. A plugin that fails to start leaves nothing behind and does not keep others from it.
 */
public final class PluginHost implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PluginHost.class);

    private final HostSurroundings server;
    private final Migrations migrations;
    private final List<Wiring> wirings;
    private final Clock clock;
    private final Decisions decisions;
    private final SequencedMap<String, Slot> slots = new LinkedHashMap<>();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();
    private volatile Map<String, Boolean> decided = Map.of();

    /**
     * @param sources jars and folders of classes, see {@link PluginFolder#sources}
     * @param wirings in the order in which a plugin comes to life
     */
    public PluginHost(
            List<Path> sources,
            HostSurroundings server,
            Migrations migrations,
            List<Wiring> wirings,
            Clock clock) {
        this.server = server;
        this.migrations = migrations;
        this.wirings = List.copyOf(wirings);
        this.clock = clock;
        this.decisions = new Decisions(server.core());
        sources.forEach(this::find);
    }

    private void find(Path source) {
        try {
            var descriptor = Descriptor.of(source);
            var other = slots.putIfAbsent(descriptor.id(), Slot.of(descriptor));
            if (other != null) {
                slots.put(descriptor.id(), twice(other, source));
            }
        } catch (StartFailure e) {
            var name = String.valueOf(source.getFileName());
            slots.put(name, Slot.unreadable(name, source, StartFailure.reason(e)));
        }
    }

    private static Slot twice(Slot other, Path source) {
        var reason =
                "both %s and %s say they are %s; take one away"
                        .formatted(other.source().getFileName(), source.getFileName(), other.id());
        return Slot.unreadable(other.id(), source, reason);
    }

    /** Starts what the operator or the settings switched on. */
    public void startEnabled() {
        lifecycle.lock();
        try {
            decided = decisions.all();
            for (var slot : slots.values()) {
                if (slot.state() == PluginState.DISABLED && wanted(slot.id())) {
                    start(slot);
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Does what was decided on another node in the meantime. What failed is left alone: it would
     * most likely fail again.
     */
    public void follow() {
        lifecycle.lock();
        try {
            decided = decisions.all();
            for (var slot : slots.values()) {
                if (slot.state() == PluginState.DISABLED && wanted(slot.id())) {
                    migrations.refresh();
                    start(slot);
                } else if (slot.isRunning() && !wanted(slot.id())) {
                    stop(slot);
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }

    private boolean wanted(String id) {
        var decision = decided.get(id);
        return decision == null ? server.enabled(id) : decision;
    }

    /**
     * Switches a plugin on, and remembers who wanted it if it starts.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus enable(String id, String by) {
        lifecycle.lock();
        try {
            var slot = slot(id);
            if (!slot.isRunning()) {
                migrations.refresh();
                start(slot);
            }
            if (!slot.isRunning()) {
                var reason = status(slot).reason();
                throw PluginsError.START_FAILED.because(reason == null ? "" : reason);
            }
            decide(id, true, by);
            return status(slot);
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Switches a plugin off; its data stays.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#NEEDED} if others depend on it
     */
    public PluginStatus disable(String id, String by) {
        lifecycle.lock();
        try {
            var slot = slot(id);
            var needing = slots.values().stream().filter(other -> needs(other, id)).toList();
            if (!needing.isEmpty()) {
                throw PluginsError.NEEDED
                        .because(id + " is needed by plugins that run")
                        .with("neededBy", needing.stream().map(Slot::id).toList());
            }
            decide(id, false, by);
            stop(slot);
            return status(slot);
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Takes a plugin out of service whose threads do not come back, on a thread of its own, because
     * that takes a while. What the operator decided stays; enabling it again is a new start.
     */
    public void quarantine(String id) {
        if (slot(id).isRunning() && quarantined.add(id)) {
            Thread.ofPlatform().daemon().name("kith-quarantine").start(() -> takeOut(id));
        }
    }

    private void takeOut(String id) {
        lifecycle.lock();
        try {
            var slot = slot(id);
            if (slot.isRunning()) {
                var reason = "quarantined: %d threads did not come back".formatted(Area.LOST_MAX);
                log.error("plugin {} is {}", id, reason);
                stop(slot);
                slot.failed(reason);
            }
        } finally {
            quarantined.remove(id);
            lifecycle.unlock();
        }
    }

    private static boolean needs(Slot other, String id) {
        return other.isRunning()
                && other.descriptor().dependencies().stream()
                        .anyMatch(d -> d.id().equals(id) && !d.optional());
    }

    private void decide(String id, boolean enabled, String by) {
        decisions.store(id, enabled, by, clock.instant());
        decided = decisions.all();
    }

    private void start(Slot slot) {
        slot.is(PluginState.STARTING);
        var began = System.nanoTime();
        try {
            var descriptor = slot.descriptor();
            descriptor.checkApi();
            if (decisions.strangerHas(descriptor.id())) {
                throw new StartFailure(
                        "an API key or a source of events from outside has its name already, so"
                                + " their event keys would get mixed up; give it another Plugin-Id");
            }
            startFirst(descriptor.dependencies());
            migrations.apply(descriptor.id(), descriptor.source());
            slot.started(RunningPlugin.start(descriptor, server, this::check, wirings));
            log.info(
                    "plugin {} {} runs after {} ms",
                    slot.id(),
                    descriptor.version(),
                    (System.nanoTime() - began) / 1_000_000);
        } catch (Exception | LinkageError | StackOverflowError e) {
            slot.failed(StartFailure.reason(e));
            log.error("plugin {} does not start: {}", slot.id(), StartFailure.logged(e));
        }
    }

    private void startFirst(List<Descriptor.Dependency> dependencies) {
        for (var dependency : dependencies) {
            var slot = slots.get(dependency.id());
            if (slot != null && slot.state() == PluginState.DISABLED && wanted(slot.id())) {
                start(slot);
            }
            if (dependency.optional()) {
                continue;
            }
            if (slot == null || !slot.isRunning()) {
                throw new StartFailure("it needs " + dependency.id() + ", which does not run");
            }
            if (!dependency.accepts(slot.descriptor().version())) {
                throw new StartFailure(
                        "it needs %s %s".formatted(dependency.id(), dependency.versions()));
            }
        }
    }

    private void check(Parts parts) {
        var topics = parts.topics().stream().map(Parts.TopicSpec::name).toList();
        var owners = topics.isEmpty() ? Map.<String, String>of() : decisions.owners(topics);
        var others = new ArrayList<>(areas());
        others.add(server.core());
        Declarations.check(parts, others, owners);
    }

    private void stop(Slot slot) {
        var running = slot.running();
        slot.is(PluginState.STOPPING);
        running.ifPresent(RunningPlugin::stop);
        slot.stopped();
        log.info("plugin {} is off", slot.id());
    }

    /** The areas of all running plugins. */
    public Collection<Area> areas() {
        return slots.values().stream().map(Slot::area).flatMap(Optional::stream).toList();
    }

    /** All that were found, running or not. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(slots.keySet());
    }

    public List<PluginStatus> statuses() {
        return slots.values().stream().map(this::status).toList();
    }

    /**
     * @throws dev.kith.api.Problem {@code notFound}
     */
    public PluginStatus status(String id) {
        return status(slot(id));
    }

    private PluginStatus status(Slot slot) {
        return slot.status(
                decided.containsKey(slot.id())
                        ? PluginStatus.DecidedBy.OPERATOR
                        : PluginStatus.DecidedBy.SETTINGS);
    }

    private Slot slot(String id) {
        var slot = slots.get(id);
        if (slot == null) {
            throw StandardError.NOT_FOUND.because("there is no such plugin");
        }
        return slot;
    }

    /** Stops every plugin, the last started first. Decisions stay as they are. */
    @Override
    public void close() {
        lifecycle.lock();
        try {
            for (var slot : slots.sequencedValues().reversed()) {
                if (slot.isRunning()) {
                    stop(slot);
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }
}
