package dev.kith.core.plugins;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.core.loading.Descriptor;
import dev.kith.core.migrations.Migrations;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Starts the plugins that are wanted and do not run, and stops those that run and are not. */
final class Wanted {

    private final Slots slots;
    private final Turns turns;
    private final Wishes wishes;
    private final Migrations migrations;
    private final Starter starter;
    private final Stopper stopper;
    private volatile boolean closing;

    Wanted(
            Slots slots,
            Turns turns,
            Wishes wishes,
            Migrations migrations,
            Starter starter,
            Stopper stopper) {
        this.slots = slots;
        this.turns = turns;
        this.wishes = wishes;
        this.migrations = migrations;
        this.starter = starter;
        this.stopper = stopper;
    }

    /** Starts all that are wanted, each after those it needs. */
    void start() {
        var order = slots.dependencies().order();
        var later = later(order);
        // Migrations may take long; whoever has had theirs does not wait for them.
        var waiting = new HashSet<String>();
        var aside = new Aside();
        found(order)
                .filter(slot -> !later.contains(slot.id()))
                .forEach(slot -> start(slot, aside, waiting));
        found(order)
                .filter(slot -> later.contains(slot.id()))
                .forEach(slot -> start(slot, aside, waiting));
    }

    private Stream<Slot> found(List<String> ids) {
        return ids.stream().map(slots::find).flatMap(Optional::stream);
    }

    /**
     * Those that are not up to date, and those that start after them. One without a schema may be
     * new: it must not come before another new one, by its name, to the topics both want.
     */
    private Set<String> later(List<String> order) {
        var later = new HashSet<String>();
        found(order)
                .forEach(slot -> {
                    var id = slot.id();
                    var ready = !wishes.wanted(id) || migrations.isUpToDate(id, slot.source());
                    if (!ready
                            || slot.findDependencies().stream()
                                    .anyMatch(d -> later.contains(d.id()))) {
                        later.add(id);
                    }
                });
        return later;
    }

    /**
     * @param waiting those that begin when another one is there that takes long
     */
    private void start(Slot slot, Aside aside, Set<String> waiting) {
        if (!isStartWanted(slot)) {
            return;
        }
        var id = slot.id();
        var comesLater = slot.findDependencies().stream().anyMatch(d -> isComing(d.id(), waiting));
        if (!comesLater) {
            aside.start(id, () -> turns.takeIfFree(id, () -> startIfWanted(id)), this::follow);
        }
        // Or somebody else has its turn.
        if (comesLater || isStartWanted(slot)) {
            waiting.add(id);
        }
    }

    private boolean isComing(String id, Set<String> waiting) {
        return waiting.contains(id) || isStarting(id);
    }

    private boolean isStarting(String id) {
        return slots.find(id).filter(slot -> slot.state() == PluginState.STARTING).isPresent();
    }

    private boolean isStartWanted(Slot slot) {
        return !closing && slot.state() == PluginState.INSTALLED && wishes.wanted(slot.id());
    }

    private void startIfWanted(String id) {
        slots.find(id).filter(this::isStartWanted).ifPresent(starter::start);
    }

    /** Starts and stops what was decided elsewhere; what failed is left alone. */
    void follow() {
        wishes.refresh();
        for (var id : slots.ids()) {
            if (isStopWanted(id)) {
                turns.takeIfFree(id, () -> turns.finish(() -> stopIfWanted(id)));
            }
        }
        if (slots.all().stream().anyMatch(this::isStartWanted)) {
            migrations.refresh();
            start();
        }
    }

    private boolean isStopWanted(String id) {
        return slots.find(id).filter(Slot::isRunning).isPresent() && !wishes.wanted(id);
    }

    private void stopIfWanted(String id) {
        if (isStopWanted(id)) {
            slots.find(id).ifPresent(stopper::stop);
        }
    }

    /**
     * Before somebody starts one in its turn: starts those that are wanted and that it comes after.
     *
     * @throws dev.kith.api.Problem {@link StandardError#OVERLOADED} if one of them takes long, or this
     *     one has not come to its end yet; nothing is changed
     */
    void prepare(Slot slot) {
        if (slot.state() == PluginState.STOPPING) {
            throw later(slot.id() + " is being stopped");
        }
        for (var needed : slots.dependencies().before(slot.id())) {
            if (slots.find(needed).filter(this::isStartWanted).isPresent()) {
                turns.takeIfFree(needed, () -> startIfWanted(needed));
            }
        }
        slot.findDependencies().stream()
                .map(Descriptor.Dependency::id)
                .filter(this::isStarting)
                .findFirst()
                .ifPresent(needed -> {
                    throw later(needed + " is being started, which " + slot.id() + " needs");
                });
    }

    private static Problem later(String reason) {
        return StandardError.OVERLOADED.because(reason + "; ask again when that is over");
    }

    /** Starts nothing any more. */
    void close() {
        closing = true;
    }
}
