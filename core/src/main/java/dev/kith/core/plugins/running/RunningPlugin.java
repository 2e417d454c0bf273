package dev.kith.core.plugins.running;

import dev.kith.core.area.Area;
import dev.kith.core.area.Fatal;
import dev.kith.core.area.Wiring;
import dev.kith.core.failure.Traces;
import dev.kith.core.loading.Leavings;
import dev.kith.core.loading.LoadedPlugin;
import dev.kith.core.loading.OwnThread;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin that is loaded, registered and wired; and how it gets there and back. */
public final class RunningPlugin {

    /** How long {@code stop} may take. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(RunningPlugin.class);

    private final LoadedPlugin loaded;
    private final Area area;
    private final List<Wiring> wired = new ArrayList<>();
    private List<Wiring> replacedIn = List.of();
    private boolean told;

    private RunningPlugin(LoadedPlugin loaded, Area area) {
        this.loaded = loaded;
        this.area = area;
    }

    /** Registers, checks and wires; whatever fails takes back all that was done before. */
    public static RunningPlugin start(
            String id,
            LoadedPlugin loaded,
            HostSurroundings server,
            BiConsumer<Parts, Set<String>> check,
            List<Wiring> wirings) {
        return begin(id, loaded, server, check, running -> running.wire(wirings));
    }

    /**
     * Does the same beside another generation of the plugin, which goes on until this one takes its
     * place; whatever fails leaves that one as it was. It is not stopped, see {@link #leave}.
     */
    public static RunningPlugin startInPlaceOf(
            RunningPlugin before,
            LoadedPlugin loaded,
            HostSurroundings server,
            BiConsumer<Parts, Set<String>> check,
            List<Wiring> wirings) {
        var id = before.area.id();
        return begin(id, loaded, server, check, running -> running.takeOver(before, wirings));
    }

    private static RunningPlugin begin(
            String id,
            LoadedPlugin loaded,
            HostSurroundings server,
            BiConsumer<Parts, Set<String>> check,
            Consumer<RunningPlugin> wire) {
        var complete = false;
        try {
            var running = new RunningPlugin(loaded, server.newArea(id, loaded.loader()));
            complete = true;
            return running.begin(server, check, wire);
        } finally {
            if (!complete) {
                loaded.close();
            }
        }
    }

    private RunningPlugin begin(
            HostSurroundings server,
            BiConsumer<Parts, Set<String>> check,
            Consumer<RunningPlugin> wire) {
        try {
            register(server, check);
            wire.accept(this);
            return this;
        } catch (Throwable e) {
            // It may hold already what only it can let go of.
            stopAfter(e);
            throw e;
        }
    }

    private void stopAfter(Throwable failure) {
        try {
            stop();
        } catch (Throwable e) {
            failure.addSuppressed(e);
        }
    }

    // On a thread of the plugin's own: one that blocks or loops must not take the server along.
    private void register(HostSurroundings server, BiConsumer<Parts, Set<String>> check) {
        var settings = new OwnSettings(area, server);
        var registration = Registration.of(area.id(), settings);
        var done = new CompletableFuture<Parts>();
        area.background()
                .submit(
                        LoadedPlugin.REGISTER_WITHIN,
                        () -> {
                            try {
                                loaded.plugin().register(registration);
                                settings.checkRead();
                                done.complete(registration.parts());
                            } catch (Throwable e) {
                                // Whatever it is, the host is told, and not after half a minute.
                                done.completeExceptionally(e);
                                Fatal.rethrow(e);
                            }
                        });
        var parts = await(done);
        check.accept(parts, settings.facts());
        area.declared(parts);
    }

    private static Parts await(CompletableFuture<Parts> done) {
        try {
            return done.get(LoadedPlugin.REGISTER_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StartFailure("register: " + StartFailure.reason(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new StartFailure(
                    "register did not return within %d s"
                            .formatted(LoadedPlugin.REGISTER_WITHIN.toSeconds()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("the server is stopping", e);
        }
    }

    private void wire(List<Wiring> wirings) {
        for (var wiring : wirings) {
            wired.add(wiring);
            wiring.wire(area);
        }
    }

    private void takeOver(RunningPlugin before, List<Wiring> wirings) {
        // What may take a while or fail comes first, so that nothing does in between.
        wirings.forEach(wiring -> wiring.prepare(area));
        var replaced = new ArrayList<Wiring>();
        try {
            for (var wiring : wirings) {
                replaced.add(wiring);
                wiring.replace(before.area, area);
            }
        } catch (Throwable e) {
            for (var wiring : replaced.reversed()) {
                giveBack(wiring, before);
            }
            area.settle();
            throw e;
        }
        wired.addAll(replaced);
        before.wired.clear();
        before.replacedIn = wirings;
    }

    private void giveBack(Wiring wiring, RunningPlugin before) {
        try {
            wiring.replace(area, before.area);
        } catch (Throwable e) {
            var name = wiring.getClass().getName();
            log.error("{} could not go back in {}: {}", name, area.id(), Traces.of(e));
        }
    }

    private void unwire() {
        var steps = new Steps();
        List.copyOf(wired).reversed().forEach(wiring -> steps.take(() -> unwire(wiring)));
        steps.end();
    }

    private void unwire(Wiring wiring) {
        try {
            wiring.unwire(area);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            var name = wiring.getClass().getName();
            log.error("{} could not let go of {}: {}", name, area.id(), Traces.of(e));
        }
        wired.remove(wiring);
    }

    /**
     * Takes everything back. What runs may come to its end first. All of it is tried although a part
     * fails, and may be tried again: what is done is done once.
     *
     * @return what the plugin has left behind nevertheless, one phrase each
     */
    public List<String> stop() {
        var left = new ArrayList<String>();
        var steps = new Steps();
        steps.take(this::unwire);
        steps.take(area::close);
        steps.take(this::stopPlugin);
        steps.take(() -> left.addAll(Leavings.takeAway(area, loaded)));
        steps.take(loaded::close);
        steps.end();
        if (!left.isEmpty()) {
            log.warn("plugin {} has left something behind: {}", area.id(), left);
        }
        return left;
    }

    // Whatever it throws is its own failure, out of memory too.
    private void stopPlugin() {
        if (told) {
            return;
        }
        var thread = new OwnThread(area.threadGroup(), area.id() + "-stop", STOP_WITHIN);
        try {
            thread.call(() -> {
                loaded.plugin().stop();
                return true;
            });
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNull(e.getCause());
            log.error("{} failed in stop: {}", area.id(), Traces.of(cause));
        } catch (StartFailure e) {
            log.error("{}: {}", area.id(), e.getMessage());
        }
        told = true;
    }

    /** Ends a generation whose place another has taken: what has found its way here may end. */
    public List<String> leave() {
        area.settle();
        try {
            return stop();
        } finally {
            replacedIn.forEach(wiring -> wiring.left(area));
        }
    }

    public ClassLoader loader() {
        return loaded.loader();
    }

    public Area area() {
        return area;
    }
}
