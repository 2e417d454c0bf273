package dev.kith.core.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kith.api.Crm;
import dev.kith.core.area.Area;
import dev.kith.core.database.Tx;
import dev.kith.core.registry.Parts.TimerSpec;
import java.io.UncheckedIOException;

/** Calls a timer's handler with the key it was armed with. */
record Firing(TimerSpec timer, Area area) {

    static Firing of(TimerSpec timer, Area area) {
        return new Firing(timer, area);
    }

    // The key's type was declared together with the handler.
    @SuppressWarnings("unchecked")
    void fire(Tx tx, String key) {
        try {
            var decoded = area.json().tolerant().readValue(key, timer.key());
            ((Crm.Timer<Object>) timer.handler()).fire(tx, decoded);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
