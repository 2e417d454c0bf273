package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import dev.kith.core.area.Wiring;
import dev.kith.core.loading.Departed;
import dev.kith.core.loading.Descriptor;
import dev.kith.core.loading.PluginFolder;
import dev.kith.core.migrations.Migrations;
import dev.kith.core.plugins.running.HostSurroundings;
import dev.kith.core.plugins.running.PluginStatus;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All plugins of this node: which were found, which run, and switching them on and off while the
 * server runs. A plugin that fails to start leaves nothing behind and does not keep others from it.
 */
public final class PluginHost implements AutoCloseable {

    private final HostSurroundings server;
    private final Migrations migrations;
    private final Wishes wishes;
    private final Starter starter;
    private final Wanted wanted;
    private final Overview overview;
    private final Replacement replacement;
    private final Slots slots = new Slots();
    private final Turns turns = new Turns();
    private final Stopper stopper;
    private final Quarantine quarantine;

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
        var conditions = new Conditions(slots, server, decisions);
        this.starter = new Starter(turns, server, migrations, wirings, conditions);
        this.stopper = new Stopper(starter.departed());
        this.quarantine = new Quarantine(slots, turns.moment(), stopper::end);
        this.wanted = new Wanted(slots, turns, wishes, migrations, starter, stopper);
        this.replacement = new Replacement(slots, turns, starter);
        this.overview = new Overview(slots, wishes, server);
        sources.forEach(slots::find);
    }

    /**
     * Starts what the operator or the settings switched on, each after those it needs. Returns when
     * that is done; one that takes long goes on by itself.
     *
     * @throws IllegalStateException if the database does not let in the connections of all of them
     */
    public void startEnabled() {
        wishes.refresh();
        server.checkRoom((int) slots.ids().stream().filter(wishes::wanted).count());
        wanted.start();
    }

    /**
     * Does what was decided on another node in the meantime. What failed is left alone: it would
     * most likely fail again.
     */
    public void follow() {
        wanted.follow();
    }

    /**
     * Switches a plugin on, after those it needs, and remembers who wanted it if it starts.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus enable(String id, String by) {
        return turns.take(slots.get(id).id(), () -> enableNow(id, by));
    }

    private PluginStatus enableNow(String id, String by) {
        var slot = slots.get(id);
        if (!slot.isRunning()) {
            start(slot);
        }
        wishes.decide(id, true, by);
        return overview.status(slot);
    }

    private void start(Slot slot) {
        migrations.refresh();
        wanted.prepare(slot);
        starter.start(slot);
        if (!slot.isRunning()) {
            throw PluginsError.START_FAILED.because(slot.reason().orElse(""));
        }
    }

    /**
     * Switches a plugin off; its data stays.
     *
     * @throws dev.kith.api.Problem {@link PluginsError#NEEDED} if others depend on it
     */
    public PluginStatus disable(String id, String by) {
        var slot = stopAlone(id, () -> wishes.decide(id, false, by), () -> {});
        return overview.status(slot);
    }

    /** Stops a plugin that no other needs, between the one thing and the other. */
    private Slot stopAlone(String id, Runnable before, Runnable after) {
        return turns.take(
                slots.get(id).id(), () -> turns.momentOf(() -> stopNow(id, before, after)));
    }

    private Slot stopNow(String id, Runnable before, Runnable after) {
        var slot = slots.get(id);
        checkUnneeded(id);
        before.run();
        stopper.stop(slot);
        after.run();
        return slot;
    }

    private void checkUnneeded(String id) {
        var needing = slots.needing(id);
        if (!needing.isEmpty()) {
            throw PluginsError.NEEDED
                    .because("%s is needed by %s".formatted(id, String.join(", ", needing)))
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
        return turns.take(slots.get(id).id(), () -> replaceNow(id, source, known));
    }

    private PluginStatus replaceNow(String id, Path source, Runnable known) {
        migrations.refresh();
        var before = slots.get(id);
        if (!before.isRunning()) {
            wanted.prepare(before);
        }
        var after = replacement.replace(before, source);
        known.run();
        wishes.refresh();
        return overview.status(after);
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
        turns.take(id, () -> adoptNow(id, source));
    }

    private Slot adoptNow(String id, Path source) {
        wishes.refresh();
        migrations.refresh();
        var slot = slots.find(id).filter(Slot::isRunning).filter(_ -> wishes.wanted(id));
        if (slot.isPresent()) {
            return replacement.replace(slot.get(), source);
        }
        forget(id);
        slots.find(source);
        return slots.get(id);
    }

    /**
     * Adds a plugin that was not there, and starts it.
     *
     * @param known called when it runs, to make it last; if it throws, the plugin is gone again
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED} with the reason
     */
    public PluginStatus add(Path source, Runnable known) {
        var slot = Slot.of(Descriptor.of(source));
        return turns.take(slot.id(), () -> addNow(slot, known));
    }

    private PluginStatus addNow(Slot slot, Runnable known) {
        slots.put(slot);
        var complete = false;
        try {
            start(slot);
            known.run();
            wishes.refresh();
            complete = true;
            return overview.status(slot);
        } finally {
            if (!complete) {
                forget(slot.id());
            }
        }
    }

    /**
     * Stops a plugin and forgets it.
     *
     * @param known called when it has stopped; if it throws, the plugin stays, and off
     * @throws dev.kith.api.Problem {@link PluginsError#NEEDED} if others depend on it
     */
    public void remove(String id, Runnable known) {
        stopAlone(
                id,
                () -> {},
                () -> {
                    known.run();
                    slots.remove(id);
                });
    }

    /** Lets a file be found that was not there, without starting it. */
    public void discover(Path source) {
        slots.find(source);
    }

    /** Shows a plugin that should be there and is not to be had. */
    public void missing(String id, Path source, String reason) {
        slots.put(Slot.unreadable(id, source, reason));
    }

    /** Stops and forgets what others removed, in its turn. */
    public void forget(String id) {
        turns.finish(() -> {
            slots.find(id).ifPresent(stopper::stop);
            slots.remove(id);
        });
    }

    /** Whether a plugin runs, on this node or by the operator's decision on others. */
    public boolean isOn(String id) {
        wishes.refresh();
        return slots.find(id).filter(slot -> slot.isRunning() || wishes.wanted(id)).isPresent();
    }

    /** Whose turn it is to change a plugin. */
    public Turns turns() {
        return turns;
    }

    /** Where each plugin comes from, by its id. */
    public Map<String, Path> sources() {
        return slots.sources();
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
        wanted.close();
        migrations.stop();
        turns.close(() -> {
            for (var id : slots.dependencies().order().reversed()) {
                var slot = slots.get(id);
                if (slot.isRunning()) {
                    stopper.stop(slot);
                }
            }
        });
    }
}
