package dev.kith.core.plugins;

import dev.kith.core.area.Reserve;
import dev.kith.core.failure.Traces;
import dev.kith.core.loading.Departed;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.plugins.running.RunningPlugin;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.StartPhase;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops plugins, in the moment of all of them. */
final class Stopper {

    private static final Logger log = LoggerFactory.getLogger(Stopper.class);

    private final Departed departed;

    Stopper(Departed departed) {
        this.departed = departed;
    }

    /** Stops one. It is off whatever becomes of that, and says so. */
    void stop(Slot slot) {
        try {
            tryToStop(slot);
        } catch (Throwable e) {
            Reserve.release();
            slot.failed(StartPhase.LEAVING, StartFailure.reason(e));
            log.error("plugin {} could not be stopped: {}", slot.id(), Traces.of(e));
        }
    }

    private void tryToStop(Slot slot) {
        slot.stopped(end(slot));
        log.info("plugin {} is off", slot.id());
    }

    /**
     * Ends what runs. It stays {@link PluginState#STOPPING}, for whoever says what it is then.
     *
     * @return what it has left behind, one phrase each
     */
    List<String> end(Slot slot) {
        var running = slot.running();
        slot.is(PluginState.STOPPING);
        var left = running.map(RunningPlugin::stop).orElse(List.of());
        running.ifPresent(gone -> departed.add(slot.descriptor(), gone.loader()));
        return left;
    }
}
