package dev.kith.core.plugins;

/** Where a plugin stands on this node. */
public enum PluginState {
    DISABLED,
    STARTING,
    RUNNING,
    STOPPING,
    /** Did not start, or was stopped because of a fault; the reason says why. */
    FAILED
}
