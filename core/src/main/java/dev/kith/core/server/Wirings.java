package dev.kith.core.server;

import dev.kith.core.area.Area;
import dev.kith.core.area.Wiring;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes a {@link Wiring} of two methods. */
final class Wirings {

    private Wirings() {}

    /** For what keeps areas by their id, and so replaces one by wiring the next. */
    static Wiring of(Consumer<Area> wire, Consumer<Area> unwire) {
        return of(wire, unwire, (before, after) -> wire.accept(after));
    }

    static Wiring of(Consumer<Area> wire, Consumer<Area> unwire, BiConsumer<Area, Area> replace) {
        return new Wiring() {
            @Override
            public void wire(Area area) {
                wire.accept(area);
            }

            @Override
            public void unwire(Area area) {
                unwire.accept(area);
            }

            @Override
            public void replace(Area before, Area after) {
                replace.accept(before, after);
            }
        };
    }
}
