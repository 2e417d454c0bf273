package dev.kith.core.plugins.running;

/** Where a plugin stands on this node. */
public enum PluginState {
    /** It is there and off. */
    INSTALLED,
    STARTING,
    RUNNING,
    STOPPING,
    /** Did not start; the reason says why. Nothing of it is registered. */
    FAILED,
    /** Was taken out of service while it ran, because its threads did not come back. */
    QUARANTINED
}
