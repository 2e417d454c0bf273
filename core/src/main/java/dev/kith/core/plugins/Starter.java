package dev.kith.core.plugins;

import dev.kith.core.area.Reserve;
import dev.kith.core.area.Wiring;
import dev.kith.core.loading.Departed;
import dev.kith.core.loading.Described;
import dev.kith.core.loading.Descriptor;
import dev.kith.core.loading.LoadedPlugin;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.migrations.Migrations;
import dev.kith.core.plugins.running.HostSurroundings;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.RunningPlugin;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.StartPhase;
import dev.kith.core.registry.Parts;
import dev.kith.core.schema.NotExpanding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts plugins, step by step. */
final class Starter {

    private static final Logger log = LoggerFactory.getLogger(Starter.class);

    private final Turns turns;
    private final HostSurroundings server;
    private final Migrations migrations;
    private final List<Wiring> wirings;
    private final Conditions conditions;
    private final Departed departed = new Departed();

    Starter(
            Turns turns,
            HostSurroundings server,
            Migrations migrations,
            List<Wiring> wirings,
            Conditions conditions) {
        this.turns = turns;
        this.server = server;
        this.migrations = migrations;
        this.wirings = List.copyOf(wirings);
        this.conditions = conditions;
    }

    /** Class loaders of what has left, be it at once because it did not start. */
    Departed departed() {
        return departed;
    }

    /** Starts one in its turn. Whether it runs afterwards, and why not, is told by the slot. */
    void start(Slot slot) {
        var start = new Start(slot, null);
        if (start.prepare()) {
            start.run();
        }
    }

    /**
     * The start of a version that is to take the place of one that runs.
     *
     * @param slot not among the others yet
     */
    Start beside(Slot before, Slot slot) {
        return new Start(slot, before);
    }

    /**
     * One start of one plugin: what may take long, and then what others have to stand still for. If it
     * fails it leaves nothing behind but the reason.
     */
    final class Start {

        private final Slot slot;
        private final @Nullable Slot before;
        private final long began = System.nanoTime();
        private StartPhase phase = StartPhase.PACKAGE;
        // Made on a thread that may not come back.
        private volatile @Nullable ClassLoader loader;

        /**
         * @param before what runs of the same plugin and is to be replaced
         */
        private Start(Slot slot, @Nullable Slot before) {
            this.slot = slot;
            this.before = before;
        }

        /**
         * Does all that is done before any of its code runs.
         *
         * @return false if that failed, which the slot tells
         */
        boolean prepare() {
            slot.is(PluginState.STARTING);
            return hasDone(() -> {
                var descriptor = slot.descriptor();
                conditions.checkPackage(descriptor);
                phase = StartPhase.API;
                descriptor.checkApi();
                phase = StartPhase.NAME;
                conditions.checkName(descriptor.id());
                checkOthers(descriptor);
                phase = StartPhase.MIGRATION;
                migrate(descriptor);
            });
        }

        /** Loads and wires it after that, while nothing else is switched. */
        void run() {
            hasDone(() -> turns.finish(this::load));
        }

        private void load() {
            var descriptor = slot.descriptor();
            checkOthers(descriptor);
            phase = StartPhase.REGISTER;
            slot.started(running(LoadedPlugin.load(descriptor.source(), made -> loader = made)));
            log.info(
                    "plugin {} {} runs after {} ms",
                    slot.id(),
                    descriptor.version(),
                    (System.nanoTime() - began) / 1_000_000);
        }

        // Asked before its schema is touched and again when it counts.
        private void checkOthers(Descriptor descriptor) {
            phase = StartPhase.DEPENDENCIES;
            conditions.checkNeeded(descriptor);
            if (before == null) {
                phase = StartPhase.CONNECTIONS;
                conditions.checkRoom();
            } else {
                conditions.checkNeeding(descriptor);
            }
        }

        private void migrate(Descriptor descriptor) {
            if (before == null) {
                migrations.apply(descriptor.id(), descriptor.source());
                return;
            }
            var running = before.descriptor().version();
            try {
                migrations.applyBeside(descriptor.id(), descriptor.source(), running);
            } catch (NotExpanding e) {
                phase = StartPhase.EXPANSION;
                throw new StartFailure(
                        "%s. Version %s runs and may count on it".formatted(e.reason(), running));
            }
        }

        private RunningPlugin running(LoadedPlugin loaded) {
            return before == null
                    ? RunningPlugin.start(slot.id(), loaded, server, this::check, wirings)
                    : RunningPlugin.startInPlaceOf(
                            before.running().orElseThrow(), loaded, server, this::check, wirings);
        }

        private void check(Parts parts, Set<String> facts) {
            phase = StartPhase.DECLARATIONS;
            conditions.checkParts(parts);
            phase = StartPhase.DESCRIPTION;
            Described.check(
                    slot.descriptor(), parts, facts, name -> server.settingsName(slot.id(), name));
            phase = StartPhase.WIRING;
        }

        private boolean hasDone(Runnable step) {
            try {
                step.run();
                return true;
            } catch (Throwable e) {
                // Whatever it is, out of memory too, it is this plugin's failure and ends no other
                // start.
                Reserve.release();
                slot.failed(phase, StartFailure.reason(e));
                var made = loader;
                if (made != null) {
                    departed.add(slot.descriptor(), made);
                }
                log.error("plugin {} does not start: {}", slot.id(), StartFailure.logged(e));
                return false;
            }
        }
    }
}
