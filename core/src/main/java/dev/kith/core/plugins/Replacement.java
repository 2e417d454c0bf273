package dev.kith.core.plugins;

import dev.kith.api.Problem;
import dev.kith.core.area.Area;
import dev.kith.core.failure.Traces;
import dev.kith.core.loading.Descriptor;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.plugins.running.Slot;
import dev.kith.core.plugins.running.Slots;
import dev.kith.core.plugins.running.StartPhase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one generation of a plugin in the place of another, in the plugin's turn. */
final class Replacement {

    private static final Logger log = LoggerFactory.getLogger(Replacement.class);

    private final Slots slots;
    private final Turns turns;
    private final Starter starter;
    private volatile @Nullable Area leaving;

    Replacement(Slots slots, Turns turns, Starter starter) {
        this.slots = slots;
        this.turns = turns;
        this.starter = starter;
    }

    /**
     * @return what has the place now, and runs
     * @throws Problem {@link PluginsError#START_FAILED}; then the one before goes on
     */
    Slot replace(Slot before, Path source) {
        var after = another(before.id(), source);
        if (before.isRunning()) {
            exchange(before, after);
        } else {
            startAnew(before, after);
        }
        return after;
    }

    /** The generation that comes to its end because another has its place. */
    Optional<Area> leaving() {
        return Optional.ofNullable(leaving);
    }

    private static Slot another(String id, Path source) {
        try {
            var descriptor = Descriptor.of(source);
            if (!descriptor.id().equals(id)) {
                throw new StartFailure("it is %s, not %s".formatted(descriptor.id(), id));
            }
            return Slot.of(descriptor);
        } catch (StartFailure e) {
            throw refused(StartFailure.reason(e));
        }
    }

    private void startAnew(Slot before, Slot after) {
        slots.put(after);
        starter.start(after);
        if (!after.isRunning()) {
            slots.put(before);
            throw refused(after.reason().orElse(""));
        }
    }

    private void exchange(Slot before, Slot after) {
        var start = starter.beside(before, after);
        if (start.prepare()) {
            try {
                turns.finish(() -> exchange(before, after, start));
            } catch (StartFailure stopping) {
                throw refused(StartFailure.reason(stopping));
            }
        }
        if (!after.isRunning()) {
            var reason = after.reason().orElse("");
            var version = after.descriptor().version();
            before.goesOn(
                    after.phase().orElse(StartPhase.PACKAGE),
                    "version %s did not take its place: %s".formatted(version, reason));
            throw refused(reason);
        }
    }

    private void exchange(Slot before, Slot after, Starter.Start start) {
        // It may have been quarantined while the migrations ran.
        var old =
                before.running()
                        .orElseThrow(() ->
                                new StartFailure(
                                        "version %s was taken out of service meanwhile; enable this plugin, or ask again"
                                                .formatted(before.descriptor().version())));
        start.run();
        if (!after.isRunning()) {
            return;
        }
        slots.put(after);
        leaving = old.area();
        try {
            after.hasReplaced(old.leave());
        } catch (Throwable e) {
            // The new one has its place all the same, which is to be written down.
            log.error(
                    "plugin {}: the version before did not end well: {}", after.id(), Traces.of(e));
            after.hasReplaced(
                    List.of(
                            "version %s, which did not end well"
                                    .formatted(before.descriptor().version())));
        } finally {
            leaving = null;
        }
        starter.departed().add(before.descriptor(), old.loader());
    }

    private static Problem refused(String reason) {
        return PluginsError.START_FAILED.because(reason);
    }
}
