package dev.kith.core.area;

/** A part of the server that brings to life what a plugin declared: HTTP, delivery, jobs, … */
public interface Wiring {

    /**
     * Called when the area has registered. If it throws, the plugin does not start and every wiring
     * so far is taken back.
     */
    void wire(Area area);

    /** Takes back all of {@link #wire}; calls that run may still come to their end. */
    void unwire(Area area);

    /**
     * Does what {@link #replace} needs and what takes a while or may fail. The generation before
     * goes on as if nothing were.
     *
     * @param after another generation of a plugin that is wired
     */
    default void prepare(Area after) {}

    /**
     * Puts one generation of a plugin in the place of another, at once: whoever looks finds the one
     * or the other and never none. What runs in the one before comes to its end there.
     */
    void replace(Area before, Area after);

    /** The generation before has come to its end, and nothing of it runs any more. */
    default void left(Area before) {}
}
