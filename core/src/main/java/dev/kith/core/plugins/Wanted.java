package dev.kith.core.plugins;

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
        found(order).filter(slot -> !later.contains(slot.id())).forEach(s -> start(s, waiting));
        found(order).filter(slot -> later.contains(slot.id())).forEach(s -> start(s, waiting));
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
        found(order).forEach(slot -> {
            var id = slot.id();
            var ready = !wishes.wanted(id) || migrations.isUpToDate(id, slot.source());
            if (!ready || slot.findDependencies().stream().anyMatch(d -> later.contains(d.id()))) {
                later.add(id);
            }
        });
        return later;
    }

    /**
     * @param waiting those that begin when another one is there that takes long
     */
    private void start(Slot slot, Set<String> waiting) {
        if (!isStartWanted(slot)) {
            return;
        }
        var id = slot.id();
        if (slot.findDependencies().stream().anyMatch(d -> isComing(d.id(), waiting))) {
            waiting.add(id);
        } else {
            Aside.start(id, () -> turns.takeIfFree(id, () -> startIfWanted(id)), this::follow);
        }
    }

    private boolean isComing(String id, Set<String> waiting) {
        return waiting.contains(id)
                || slots.find(id).filter(slot -> slot.state() == PluginState.STARTING).isPresent();
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

    /** Starts those that are wanted and that this one comes after. */
    void startNeeded(String id) {
        for (var needed : slots.dependencies().before(id)) {
            if (slots.find(needed).filter(this::isStartWanted).isPresent()) {
                turns.takeIfFree(needed, () -> startIfWanted(needed));
            }
        }
    }

    /** Starts nothing any more. */
    void close() {
        closing = true;
    }
}
