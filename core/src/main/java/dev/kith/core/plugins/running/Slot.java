package dev.kith.core.plugins.running;

import dev.kith.core.area.Area;
import dev.kith.core.loading.Descriptor;
import dev.kith.core.loading.Origin;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.registry.RouteSpec;
import dev.kith.core.registry.SubscriptionSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One plugin that was found, and how it stands. Changed by whoever has its turn, and while it runs by its quarantine too; read by anybody. */
public final class Slot {

    private final String id;
    private final Path source;
    private final @Nullable Descriptor descriptor;
    private volatile Standing standing;

    private record Standing(
            PluginState state, @Nullable Failure failure, @Nullable RunningPlugin running) {}

    private record Failure(StartPhase phase, String reason) {}

    private Slot(String id, Path source, @Nullable Descriptor descriptor, Standing standing) {
        this.id = id;
        this.source = source;
        this.descriptor = descriptor;
        this.standing = standing;
    }

    public static Slot of(Descriptor descriptor) {
        return new Slot(
                descriptor.id(),
                descriptor.source(),
                descriptor,
                new Standing(PluginState.INSTALLED, null, null));
    }

    /** A file that is no plugin: shown, so that nobody wonders why nothing happens. */
    public static Slot unreadable(String id, Path source, String reason) {
        var failure = new Failure(StartPhase.PACKAGE, reason);
        return new Slot(id, source, null, new Standing(PluginState.FAILED, failure, null));
    }

    public String id() {
        return id;
    }

    public PluginState state() {
        return standing.state;
    }

    public boolean isRunning() {
        return standing.state == PluginState.RUNNING;
    }

    public Path source() {
        return source;
    }

    /**
     * @throws StartFailure if it has no readable manifest
     */
    public Descriptor descriptor() {
        if (descriptor == null) {
            throw new StartFailure(reason().orElse("it has no readable manifest"));
        }
        return descriptor;
    }

    public Optional<Descriptor> findDescriptor() {
        return Optional.ofNullable(descriptor);
    }

    public List<Descriptor.Dependency> findDependencies() {
        return descriptor == null ? List.of() : descriptor.dependencies();
    }

    public Optional<StartPhase> phase() {
        return Optional.ofNullable(standing.failure).map(Failure::phase);
    }

    /** Why it does not run, if it failed. */
    public Optional<String> reason() {
        return Optional.ofNullable(standing.failure).map(Failure::reason);
    }

    public Optional<RunningPlugin> running() {
        return Optional.ofNullable(standing.running);
    }

    public Optional<Area> area() {
        return running().map(RunningPlugin::area);
    }

    public void is(PluginState state) {
        standing = new Standing(state, null, standing.running);
    }

    /**
     * @param left what it has left behind, one phrase each
     */
    public void stopped(List<String> left) {
        standing = new Standing(PluginState.INSTALLED, failure(left), null);
    }

    /** It runs in the place of another, which has left something behind. */
    public void hasReplaced(List<String> left) {
        standing = new Standing(standing.state, failure(left), standing.running);
    }

    private static @Nullable Failure failure(List<String> left) {
        return left.isEmpty()
                ? null
                : new Failure(StartPhase.LEAVING, "it left behind: " + String.join(", ", left));
    }

    public void started(RunningPlugin running) {
        standing = new Standing(PluginState.RUNNING, null, running);
    }

    public void failed(StartPhase phase, String reason) {
        standing = new Standing(PluginState.FAILED, new Failure(phase, reason), null);
    }

    /** It goes on as it was; another version that should have taken its place did not start. */
    public void goesOn(StartPhase phase, String reason) {
        standing = new Standing(standing.state, new Failure(phase, reason), standing.running);
    }

    public void quarantined(String reason) {
        var failure = new Failure(StartPhase.RUNNING, reason);
        standing = new Standing(PluginState.QUARANTINED, failure, null);
    }

    public PluginStatus status(Origin origin, boolean required, PluginStatus.DecidedBy decidedBy) {
        var now = standing;
        var failure = Optional.ofNullable(now.failure);
        var parts = Optional.ofNullable(now.running).map(r -> r.area().parts());
        return new PluginStatus(
                id,
                descriptor == null ? null : descriptor.version(),
                String.valueOf(source.getFileName()),
                origin.kind(),
                origin.sha256(),
                required,
                now.state,
                failure.map(Failure::reason).orElse(null),
                failure.map(Failure::phase).orElse(null),
                failure.map(f -> f.phase().advice()).orElse(null),
                decidedBy,
                parts.map(p -> p.routes().stream().map(Slot::line).toList()).orElse(List.of()),
                parts.map(p -> p.topics().stream().map(t -> t.name()).toList()).orElse(List.of()),
                parts.map(p -> p.subscriptions().stream().map(SubscriptionSpec::name).toList())
                        .orElse(List.of()),
                null);
    }

    private static String line(RouteSpec route) {
        return route.method() + " " + route.path();
    }
}
