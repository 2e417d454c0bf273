package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import dev.kith.core.area.Reserve;
import dev.kith.core.call.Traces;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Wishes wishes;
    private final Starter starter;
    private final Overview overview;
    private final Replacement replacement;
    private volatile boolean closing;
    private final Slots slots = new Slots();
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final Quarantine quarantine = new Quarantine(slots, lifecycle, this::tryToStop);

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
        var decisions = new Decisions(server.core());
        this.wishes = new Wishes(server, decisions, clock);
        this.starter = new Starter(slots, wishes, server, migrations, wirings, decisions);
        this.replacement = new Replacement(slots, starter, migrations);
        this.overview = new Overview(slots, wishes, server);
        sources.forEach(slots::find);
    }

    /**
     * Starts what the operator or the settings switched on, each after those it needs. Returns when
     * that is done, or when one of them takes long: then it goes on by itself.
     *
     * @throws IllegalStateException if the database does not let in the connections of all of them
     */
    public void startEnabled() {
        new Beginning(this::startAll, starter::begun).await();
    }

    private void startAll() {
        lifecycle.lock();
        try {
            wishes.refresh();
            server.checkRoom((int) slots.ids().stream().filter(wishes::wanted).count());
            var order = slots.dependencies().order();
            var later = later();
            // Migrations may take long; whoever has had theirs does not wait for them.
            order.stream().filter(id -> !later.contains(id)).forEach(this::startIfWanted);
            order.stream().filter(later::contains).forEach(this::startIfWanted);
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Those that are not up to date, and those that start after them. One without a schema may be
     * new: it must not come before another new one, by its name, to the topics both want.
     */
    private Set<String> later() {
        var later = new HashSet<String>();
        for (var id : slots.dependencies().order()) {
            var slot = slots.get(id);
            var ready = !wishes.wanted(id) || migrations.isUpToDate(id, slot.source());
            if (!ready || slot.findDependencies().stream().anyMatch(d -> later.contains(d.id()))) {
                later.add(id);
            }
        }
        return later;
    }

    private void startIfWanted(String id) {
        var slot = slots.get(id);
        if (!closing && slot.state() == PluginState.INSTALLED && wishes.wanted(id)) {
            starter.start(slot);
        }
    }

    /** Whether a change is under way, such as a migration that takes long. */
    public boolean isChanging() {
        return lifecycle.isLocked();
    }

    /**
     * Does what was decided on another node in the meantime. What failed is left alone: it would
     * most likely fail again.
     */
    public void follow() {
        lifecycle.lock();
        try {
            wishes.refresh();
            for (var slot : slots.all()) {
                if (slot.state() == PluginState.INSTALLED && wishes.wanted(slot.id())) {
                    migrations.refresh();
                    starter.start(slot);
                } else if (slot.isRunning() && !wishes.wanted(slot.id())) {
                    stop(slot);
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Switches a plugin on, and remembers who wanted it if it starts.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus enable(String id, String by) {
        Changing.lock(lifecycle);
        try {
            var slot = slots.get(id);
            if (!slot.isRunning()) {
                migrations.refresh();
                starter.start(slot);
            }
            if (!slot.isRunning()) {
                throw PluginsError.START_FAILED.because(slot.reason().orElse(""));
            }
            wishes.decide(id, true, by);
            return overview.status(slot);
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
        Changing.lock(lifecycle);
        try {
            var slot = slots.get(id);
            checkUnneeded(id);
            wishes.decide(id, false, by);
            stop(slot);
            return overview.status(slot);
        } finally {
            lifecycle.unlock();
        }
    }

    private void checkUnneeded(String id) {
        var needing = slots.needing(id);
        if (!needing.isEmpty()) {
            throw PluginsError.NEEDED
                    .because(id + " is needed by plugins that run")
                    .with("neededBy", needing);
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
        return replace(id, source, () -> wishes.decide(id, true, by));
    }

    /**
     * Does the same for somebody who writes the decision down in another way.
     *
     * @param known called when it runs, to make it last that this version is there, and on
     */
    public PluginStatus replace(String id, Path source, Runnable known) {
        Changing.lock(lifecycle);
        try {
            var after = replacement.replace(slots.get(id), source);
            known.run();
            wishes.refresh();
            return overview.status(after);
        } finally {
            lifecycle.unlock();
        }
    }

    /** The same with what lies now where the plugin came from. */
    public PluginStatus reload(String id, String by) {
        return replace(id, slots.get(id).source(), by);
    }

    /**
     * Takes in what another node put in a plugin's place, or added. It takes the place of what runs
     * here, but decides nothing: what was switched off in the meantime goes off.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public void adopt(String id, Path source) {
        lifecycle.lock();
        try {
            wishes.refresh();
            var slot = slots.find(id);
            if (slot.isPresent() && slot.get().isRunning() && wishes.wanted(id)) {
                replacement.replace(slot.get(), source);
            } else {
                forget(id);
                discover(source);
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Adds a plugin that was not there, and starts it.
     *
     * @param known called when it runs, to make it last; if it throws, the plugin is gone again
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus add(Path source, Runnable known) {
        Changing.lock(lifecycle);
        try {
            var slot = Slot.of(Descriptor.of(source));
            slots.put(slot);
            var complete = false;
            try {
                migrations.refresh();
                starter.start(slot);
                if (!slot.isRunning()) {
                    throw PluginsError.START_FAILED.because(slot.reason().orElse(""));
                }
                known.run();
                wishes.refresh();
                complete = true;
                return overview.status(slot);
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
        Changing.lock(lifecycle);
        try {
            var slot = slots.get(id);
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
            slots.find(source);
        } finally {
            lifecycle.unlock();
        }
    }

    /** Shows a plugin that should be there and is not to be had. */
    public void missing(String id, Path source, String reason) {
        slots.put(Slot.unreadable(id, source, reason));
    }

    /** Stops and forgets what others removed. */
    public void forget(String id) {
        lifecycle.lock();
        try {
            slots.find(id).ifPresent(this::stop);
            slots.remove(id);
        } finally {
            lifecycle.unlock();
        }
    }

    /** Where each plugin comes from, by its id. */
    public Map<String, Path> sources() {
        return slots.sources();
    }

    // It is off whatever becomes of that, and says so.
    private void stop(Slot slot) {
        try {
            tryToStop(slot);
        } catch (Throwable e) {
            Reserve.release();
            slot.failed(StartPhase.LEAVING, StartFailure.reason(e));
            log.error("plugin {} could not be stopped: {}", slot.id(), Traces.of(e));
        }
    }

    private void tryToStop(Slot slot) {
        var running = slot.running();
        slot.is(PluginState.STOPPING);
        var left = running.map(RunningPlugin::stop).orElse(List.of());
        running.ifPresent(gone -> departed().add(slot.descriptor(), gone.loader()));
        slot.stopped(left);
        log.info("plugin {} is off", slot.id());
    }

    /** For those that nobody can bear any longer. */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** The areas of all running plugins. */
    public Collection<Area> areas() {
        return slots.areas();
    }

    /** The generation of a plugin that comes to its end because another has its place. */
    public Optional<Area> leaving() {
        return replacement.leaving();
    }

    /** Generations of plugins that were replaced and are still in memory. */
    public Departed departed() {
        return starter.departed();
    }

    /** How all of them stand. */
    public Overview overview() {
        return overview;
    }

    /** All that were found, running or not. */
    public Set<String> ids() {
        return overview.ids();
    }

    /**
     * @throws dev.kith.api.Problem {@code notFound}
     */
    public PluginStatus status(String id) {
        return overview.status(id);
    }

    /** Stops every plugin, the last started first. Decisions stay as they are. */
    @Override
    public void close() {
        closing = true;
        migrations.stop();
        lifecycle.lock();
        try {
            for (var id : slots.dependencies().order().reversed()) {
                var slot = slots.get(id);
                if (slot.isRunning()) {
                    stop(slot);
                }
            }
        } finally {
            lifecycle.unlock();
        }
    }
}
