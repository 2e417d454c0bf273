package dev.kith.core.server;

import dev.kith.core.area.Area;
import dev.kith.core.plugins.Wiring;
import java.util.function.Consumer;

/** Makes a {@link Wiring} of two methods. */
final class Wirings {

    private Wirings() {}

    static Wiring of(Consumer<Area> wire, Consumer<Area> unwire) {
        return new Wiring() {
            @Override
            public void wire(Area area) {
                wire.accept(area);
            }

            @Override
            public void unwire(Area area) {
                unwire.accept(area);
            }
        };
    }
}
