package dev.kith.core.plugins;

import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.registry.Parts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
    private final Vouching vouching;
    private final Map<String, Slot> slots = new ConcurrentSkipListMap<>();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();
    private final Departed departed = new Departed();
    private volatile Map<String, Boolean> decided = Map.of();
    private volatile @Nullable Area leaving;

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
        this.vouching = new Vouching(server.trust(), server.packages());
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

    /**
     * Starts what the operator or the settings switched on, each after those it needs.
     *
     * @throws IllegalStateException if the database does not let in the connections of all of them
     */
    public void startEnabled() {
        lifecycle.lock();
        try {
            decided = decisions.all();
            server.checkRoom((int) slots.keySet().stream().filter(this::wanted).count());
            for (var id : dependencies().order()) {
                var slot = slot(id);
                if (slot.state() == PluginState.INSTALLED && wanted(slot.id())) {
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
                if (slot.state() == PluginState.INSTALLED && wanted(slot.id())) {
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

    private Dependencies dependencies() {
        var found = new HashMap<String, Descriptor>();
        slots.forEach((id, slot) -> slot.findDescriptor().ifPresent(d -> found.put(id, d)));
        return new Dependencies(found);
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
                throw PluginsError.START_FAILED.because(slot.reason().orElse(""));
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
            checkUnneeded(id);
            decide(id, false, by);
            stop(slot);
            return status(slot);
        } finally {
            lifecycle.unlock();
        }
    }

    private void checkUnneeded(String id) {
        var needing = slots.values().stream().filter(other -> needs(other, id)).toList();
        if (!needing.isEmpty()) {
            throw PluginsError.NEEDED
                    .because(id + " is needed by plugins that run")
                    .with("neededBy", needing.stream().map(Slot::id).toList());
        }
    }

    /**
     * Puts another version of a plugin in the place of the one that is there, or the same one loaded
     * again. The new one starts beside the one that runs and takes its place at once; that one ends
     * when all that has found it is done. If it does not start, the one before goes on.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus replace(String id, Path source, String by) {
        lifecycle.lock();
        try {
            var before = slot(id);
            var after = another(id, source);
            migrations.refresh();
            if (before.isRunning()) {
                exchange(before, after);
            } else {
                startAnew(before, after);
            }
            decide(id, true, by);
            return status(after);
        } finally {
            lifecycle.unlock();
        }
    }

    /** The same with what lies now where the plugin came from. */
    public PluginStatus reload(String id, String by) {
        return replace(id, slot(id).source(), by);
    }

    private static Slot another(String id, Path source) {
        try {
            var descriptor = Descriptor.of(source);
            if (!descriptor.id().equals(id)) {
                throw new StartFailure("it is %s, not %s".formatted(descriptor.id(), id));
            }
            return Slot.of(descriptor);
        } catch (StartFailure e) {
            throw PluginsError.START_FAILED.because(StartFailure.reason(e));
        }
    }

    private void startAnew(Slot before, Slot after) {
        slots.put(after.id(), after);
        start(after);
        if (!after.isRunning()) {
            slots.put(before.id(), before);
            throw PluginsError.START_FAILED.because(after.reason().orElse(""));
        }
    }

    private void exchange(Slot before, Slot after) {
        var old = before.running().orElseThrow();
        start(after, old);
        if (!after.isRunning()) {
            var reason = after.reason().orElse("");
            var version = after.descriptor().version();
            before.goesOn(
                    after.phase().orElse(StartPhase.PACKAGE),
                    "version %s did not take its place: %s".formatted(version, reason));
            throw PluginsError.START_FAILED.because(reason);
        }
        slots.put(after.id(), after);
        leaving = old.area();
        try {
            old.leave();
        } finally {
            leaving = null;
        }
        departed.add(before.descriptor(), old.loader());
    }

    /**
     * Adds a plugin that was not there, and starts it.
     *
     * @param known called when it runs, to make it last; if it throws, the plugin is gone again
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus add(Path source, Runnable known) {
        lifecycle.lock();
        try {
            var slot = Slot.of(Descriptor.of(source));
            slots.put(slot.id(), slot);
            var complete = false;
            try {
                migrations.refresh();
                start(slot);
                if (!slot.isRunning()) {
                    throw PluginsError.START_FAILED.because(slot.reason().orElse(""));
                }
                known.run();
                decided = decisions.all();
                complete = true;
                return status(slot);
            } finally {
                if (!complete) {
                    stop(slot);
                    slots.remove(slot.id());
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Stops a plugin and forgets it.
     *
     * @param known called when it has stopped; if it throws, the plugin stays, and off
     * @throws dev.kith.api.Problem {@link PluginsError#NEEDED} if others depend on it
     */
    public void remove(String id, Runnable known) {
        lifecycle.lock();
        try {
            var slot = slot(id);
            checkUnneeded(id);
            stop(slot);
            known.run();
            slots.remove(id);
        } finally {
            lifecycle.unlock();
        }
    }

    /** Lets a file be found that was not there, without starting it. */
    public void discover(Path source) {
        lifecycle.lock();
        try {
            find(source);
        } finally {
            lifecycle.unlock();
        }
    }

    /** Shows a plugin that should be there and is not to be had. */
    public void missing(String id, Path source, String reason) {
        slots.put(id, Slot.unreadable(id, source, reason));
    }

    /** Stops and forgets what others removed. */
    public void forget(String id) {
        lifecycle.lock();
        try {
            var slot = slots.get(id);
            if (slot != null) {
                stop(slot);
                slots.remove(id);
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /** Where each plugin comes from, by its id. */
    public Map<String, Path> sources() {
        var sources = new TreeMap<String, Path>();
        slots.forEach((id, slot) -> sources.put(id, slot.source()));
        return sources;
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
                var reason = "%d threads did not come back".formatted(Area.LOST_MAX);
                log.error("plugin {} is quarantined: {}", id, reason);
                stop(slot);
                slot.quarantined(reason);
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
        start(slot, null);
    }

    /**
     * @param before what runs of the same plugin and is to be replaced
     */
    private void start(Slot slot, @Nullable RunningPlugin before) {
        slot.is(PluginState.STARTING);
        var began = System.nanoTime();
        var reached = new Reached();
        try {
            var descriptor = slot.descriptor();
            vouching.check(descriptor.source());
            reached.at(StartPhase.API);
            descriptor.checkApi();
            reached.at(StartPhase.NAME);
            checkName(descriptor.id());
            reached.at(StartPhase.DEPENDENCIES);
            startFirst(descriptor);
            reached.at(StartPhase.CONNECTIONS);
            if (before == null) {
                checkRoom();
            }
            reached.at(StartPhase.MIGRATION);
            if (before == null) {
                migrations.apply(descriptor.id(), descriptor.source());
            } else {
                checkNeeding(descriptor);
                migrations.applyBeside(descriptor.id(), descriptor.source());
            }
            reached.at(StartPhase.REGISTER);
            Consumer<Parts> check =
                    parts -> {
                        reached.at(StartPhase.DECLARATIONS);
                        check(parts);
                        reached.at(StartPhase.DESCRIPTION);
                        Described.check(descriptor, parts);
                        reached.at(StartPhase.WIRING);
                    };
            slot.started(
                    before == null
                            ? RunningPlugin.start(descriptor, server, check, wirings)
                            : RunningPlugin.startInPlaceOf(
                                    before, descriptor, server, check, wirings));
            log.info(
                    "plugin {} {} runs after {} ms",
                    slot.id(),
                    descriptor.version(),
                    (System.nanoTime() - began) / 1_000_000);
        } catch (Throwable e) {
            Fatal.rethrow(e);
            slot.failed(reached.phase, StartFailure.reason(e));
            log.error("plugin {} does not start: {}", slot.id(), StartFailure.logged(e));
        }
    }

    /** How far a start has come. */
    private static final class Reached {
        private StartPhase phase = StartPhase.PACKAGE;

        void at(StartPhase next) {
            phase = next;
        }
    }

    private void checkRoom() {
        try {
            server.checkRoom(areas().size() + 1);
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
        var all = dependencies();
        var circle = all.circle(descriptor.id());
        if (!circle.isEmpty()) {
            throw new StartFailure("they need each other: " + String.join(" → ", circle));
        }
        for (var dependency : descriptor.dependencies()) {
            var slot = slots.get(dependency.id());
            if (slot != null
                    && slot.state() == PluginState.INSTALLED
                    && wanted(slot.id())
                    && !all.needs(slot.id(), descriptor.id())) {
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

    private void checkNeeding(Descriptor descriptor) {
        for (var other : slots.values()) {
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
        var others = new ArrayList<>(areas());
        others.removeIf(other -> other.id().equals(parts.plugin()));
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

    /** The generation of a plugin that comes to its end because another has its place. */
    public Optional<Area> leaving() {
        return Optional.ofNullable(leaving);
    }

    /** Generations of plugins that were replaced and are still in memory. */
    public Departed departed() {
        return departed;
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

    /**
     * The same with all that the plugin says about itself.
     *
     * @throws dev.kith.api.Problem {@code notFound}
     */
    PluginStatus details(String id) {
        var slot = slot(id);
        var known = slot.findDescriptor().flatMap(d -> Described.find(d.source()));
        return status(slot).with(known.orElse(null));
    }

    /** The same, if there is such a plugin. */
    public Optional<PluginStatus> findDetails(String id) {
        return slots.containsKey(id) ? Optional.of(details(id)) : Optional.empty();
    }

    /** Those the server is not ready without and that do not run, with the reason. */
    public Map<String, String> missing() {
        var missing = new TreeMap<String, String>();
        for (var id : server.requiredPlugins()) {
            var slot = slots.get(id);
            if (slot == null) {
                missing.put(id, "is required and not there");
            } else if (!slot.isRunning()) {
                var why =
                        slot.reason()
                                .orElse("it is " + slot.state().name().toLowerCase(Locale.ROOT));
                missing.put(id, "is required and does not run: " + why);
            }
        }
        return missing;
    }

    private PluginStatus status(Slot slot) {
        return slot.status(
                Origin.of(slot.source(), server.packages()),
                server.requiredPlugins().contains(slot.id()),
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
            for (var id : dependencies().order().reversed()) {
                var slot = slot(id);
                if (slot.isRunning()) {
                    stop(slot);
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }
}
