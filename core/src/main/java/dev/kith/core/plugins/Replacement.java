package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts one generation of a plugin in the place of another, under the host's lock. */
final class Replacement {

    private final Slots slots;
    private final Starter starter;
    private final Migrations migrations;
    private volatile @Nullable Area leaving;

    Replacement(Slots slots, Starter starter, Migrations migrations) {
        this.slots = slots;
        this.starter = starter;
        this.migrations = migrations;
    }

    /**
     * @return what has the place now, and runs
     * @throws dev.kith.api.Problem {@link PluginsError#START_FAILED}; then the one before goes on
     */
    Slot replace(Slot before, Path source) {
        var after = another(before.id(), source);
        migrations.refresh();
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
            throw PluginsError.START_FAILED.because(StartFailure.reason(e));
        }
    }

    private void startAnew(Slot before, Slot after) {
        slots.put(after);
        starter.start(after);
        if (!after.isRunning()) {
            slots.put(before);
            throw PluginsError.START_FAILED.because(after.reason().orElse(""));
        }
    }

    private void exchange(Slot before, Slot after) {
        var old = before.running().orElseThrow();
        starter.start(after, old);
        if (!after.isRunning()) {
            var reason = after.reason().orElse("");
            var version = after.descriptor().version();
            before.goesOn(
                    after.phase().orElse(StartPhase.PACKAGE),
                    "version %s did not take its place: %s".formatted(version, reason));
            throw PluginsError.START_FAILED.because(reason);
        }
        slots.put(after);
        leaving = old.area();
        try {
            after.hasReplaced(old.leave());
        } finally {
            leaving = null;
        }
        starter.departed().add(before.descriptor(), old.loader());
    }
}
