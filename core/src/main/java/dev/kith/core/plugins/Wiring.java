package dev.kith.core.plugins;

import dev.kith.core.area.Area;

/** A part of the server that brings to life what a plugin declared: HTTP, delivery, jobs, … */
public interface Wiring {

    /**
     * Called when the area has registered. If it throws, the plugin does not start and every wiring
     * so far is taken back.
     */
    void wire(Area area);

    /** Takes back all of {@link #wire}; calls that run may still come to their end. */
    void unwire(Area area);
}
