package dev.kith.core.server;

import dev.kith.core.area.Area;
import dev.kith.core.area.Heap;
import dev.kith.core.area.Shortage;
import dev.kith.core.area.Ticker;
import dev.kith.core.area.Usage;
import dev.kith.core.events.Dispatcher;
import dev.kith.core.install.Installer;
import dev.kith.core.jobs.Jobs;
import dev.kith.core.plugins.PluginHost;
import dev.kith.core.sends.Sends;
import dev.kith.core.settings.Settings;
import dev.kith.core.webhooks.Telling;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** What a node looks after again and again. */
record Rounds(
        Ticker ticker,
        Area core,
        PluginHost host,
        Installer installer,
        Dispatcher dispatcher,
        Jobs jobs,
        Sends sends,
        Telling telling) {

    private static final Duration DEADLINES = Duration.ofMillis(20);
    private static final Duration MEMORY = Duration.ofMillis(50);
    private static final Duration DUE = Duration.ofMillis(200);
    private static final Duration OVERLOOKED = Duration.ofSeconds(15);
    private static final Duration OTHERS_DECISIONS = Duration.ofSeconds(5);
    private static final Duration PARTITIONS = Duration.ofSeconds(30);
    private static final Duration DEPARTED = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofHours(1);

    void start(Settings settings, Clock clock) {
        var events = settings.events();
        var partitions = new Partitions(core, clock, events.partitionPositions(), events.keepFor());
        ticker.soon("getting ready to watch", Area::prepareToWatch);
        // Whatever else waits for the database or for a plugin that starts or stops: late calls are
        // cut off.
        ticker.alone(DEADLINES, "deadlines", this::interruptLate);
        var shortage = new Shortage(new Heap());
        ticker.alone(MEMORY, "memory", () -> lookForMemory(shortage));
        ticker.every(DUE, "timers and jobs", jobs::fireDue);
        ticker.every(DUE, "sends", sends::sendDue);
        ticker.every(DUE, "webhooks", telling::readDue);
        ticker.every(DUE, "events set aside", dispatcher::retryDue);
        ticker.every(OVERLOOKED, "overlooked events", dispatcher::lookEverywhere);
        ticker.alone(OTHERS_DECISIONS, "decisions about plugins", this::follow);
        ticker.every(PARTITIONS, "partitions", partitions::makeAhead);
        ticker.every(RETENTION, "retention", partitions::dropOld);
        ticker.alone(DEPARTED, "replaced plugins", host.departed()::look);
        ticker.every(RETENTION, "removed plugins", installer::dropDue);
    }

    private void follow() {
        installer.follow();
        host.follow();
    }

    private void interruptLate() {
        core.interruptLate();
        host.leaving().ifPresent(Area::interruptLate);
        for (var area : host.areas()) {
            area.interruptLate();
            area.unbearable().ifPresent(reason -> host.quarantine().begin(area, reason));
        }
    }

    /** Takes out a plugin; core stays, whatever it did. */
    private void takeOut(@Nullable Area plugin, String reason) {
        if (plugin != null) {
            host.quarantine().forMemory(plugin, reason);
        }
    }

    private void lookForMemory(Shortage shortage) {
        var areas = new HashMap<String, Area>();
        host.areas().forEach(area -> areas.put(area.id(), area));
        var used = new HashMap<String, Usage>();
        areas.forEach((id, area) -> used.put(id, area.usage()));
        used.put(core.id(), core.usage());
        // Whoever is on the way out already may be the one.
        var settled = !host.quarantine().isUnderWay();
        shortage.look(used, System.nanoTime())
                .filter(blamed -> settled)
                .ifPresent(blamed -> takeOut(areas.get(blamed.area()), blamed.reason()));
    }
}
