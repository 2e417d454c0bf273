package dev.kith.core.console.rooms;

import dev.kith.core.area.Area;

/**
 * What a running plugin has used on this node since it started, and what waits for it.
 *
 * @param connectionSeconds how long its connections were in use, all together
 * @param queued calls that wait for a thread
 * @param lag events that wait, on all nodes
 */
public record PluginUsage(
        long cpuSeconds,
        long allocatedMegabytes,
        long connectionSeconds,
        long queued,
        long errors,
        long lag) {

    static PluginUsage of(Area area, long lag) {
        var usage = area.usage();
        return new PluginUsage(
                usage.cpuNanos() / 1_000_000_000,
                usage.allocatedBytes() / 1_000_000,
                usage.connectionNanos() / 1_000_000_000,
                area.queued(),
                usage.errors(),
                lag);
    }
}
