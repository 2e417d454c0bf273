package dev.kith.core.http.route;

import dev.kith.api.Permission;
import dev.kith.core.area.Area;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.PanelSpec;
import dev.kith.core.registry.Parts;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which areas are mounted, with what. Every change makes a new table and swaps it in whole. */
public final class Mounts {

    private record Mounted(Area area, List<Parts> parts, List<Target> targets, AreaMeters meters) {}

    private final MeterRegistry registry;
    private final AtomicReference<RouteTable> table;
    private final Map<String, Mounted> areas = new LinkedHashMap<>();
    private final Map<String, List<Target>> raw = new LinkedHashMap<>();
    private final Supplier<Map<String, Long>> lags;
    private long changes;

    /**
     * @param lags how many events wait, by plugin
     */
    public Mounts(
            MeterRegistry registry,
            AtomicReference<RouteTable> table,
            Supplier<Map<String, Long>> lags) {
        this.registry = registry;
        this.lags = lags;
        this.table = table;
    }

    /**
     * @throws IllegalStateException if a route stands already; then nothing has changed
     */
    public synchronized void mount(Area area, Collection<Parts> parts, List<Target> targets) {
        var before = areas.get(area.id());
        put(area, List.copyOf(parts), targets);
        try {
            swap();
        } catch (IllegalStateException e) {
            if (before == null) {
                Objects.requireNonNull(areas.remove(area.id())).meters().forget();
            } else {
                put(before.area(), before.parts(), before.targets());
            }
            throw e;
        }
        if (before != null) {
            forgetAllBut(before.targets(), targets);
        }
    }

    // Two generations of an area measure under the same names, so one has to make room.
    private void put(Area area, List<Parts> parts, List<Target> targets) {
        var before = areas.get(area.id());
        if (before != null) {
            before.meters().forget();
        }
        var meters = new AreaMeters(registry, area, lags);
        areas.put(area.id(), new Mounted(area, parts, targets, meters));
    }

    // The same route goes on counting where the one before it stopped.
    private static void forgetAllBut(List<Target> before, List<Target> after) {
        for (var target : before) {
            if (after.stream().noneMatch(other -> other.isAtPlaceOf(target))) {
                target.meter().forget();
            }
        }
    }

    /** Instead of all that was mounted raw for the area before. */
    public synchronized void replaceRaw(String area, List<Target> targets) {
        var before = raw.put(area, List.copyOf(targets));
        try {
            swap();
        } catch (IllegalStateException e) {
            raw.put(area, before == null ? List.of() : before);
            throw e;
        }
        if (before != null) {
            forgetAllBut(before, targets);
        }
    }

    public synchronized void mountRaw(String area, List<Target> targets) {
        var all = new ArrayList<>(raw.getOrDefault(area, List.of()));
        var before = List.copyOf(all);
        all.addAll(targets);
        raw.put(area, all);
        try {
            swap();
        } catch (IllegalStateException e) {
            raw.put(area, before);
            throw e;
        }
    }

    public synchronized void unmount(String area) {
        var gone = areas.remove(area);
        var rawGone = raw.remove(area);
        swap();
        if (gone != null) {
            gone.targets().forEach(target -> target.meter().forget());
            gone.meters().forget();
        }
        if (rawGone != null) {
            rawGone.forEach(target -> target.meter().forget());
        }
    }

    private void swap() {
        var targets = new ArrayList<Target>();
        areas.values().forEach(mounted -> targets.addAll(mounted.targets()));
        raw.values().forEach(targets::addAll);
        table.set(new RouteTable(targets));
        changes++;
    }

    /** Counts up with every change. */
    public synchronized long changes() {
        return changes;
    }

    /** The mounted areas with what they declared. */
    public synchronized Map<Area, List<Parts>> areas() {
        var all = new LinkedHashMap<Area, List<Parts>>();
        areas.values().forEach(mounted -> all.put(mounted.area(), mounted.parts()));
        return all;
    }

    public synchronized List<Permission> permissions() {
        var byName = new TreeMap<String, Permission>();
        // What it means is said by whose it is, and not by others that ask for it too.
        for (var own : List.of(true, false)) {
            areas.forEach((id, mounted) ->
                    mounted.parts().stream()
                            .flatMap(Mounts::permissions)
                            .filter(permission -> own == isOf(id, permission))
                            .forEach(each -> byName.putIfAbsent(each.name(), each)));
        }
        raw.values().stream()
                .flatMap(List::stream)
                .map(Target::permission)
                .filter(Objects::nonNull)
                .forEach(permission -> byName.putIfAbsent(permission.name(), permission));
        return List.copyOf(byName.values());
    }

    private static boolean isOf(String area, Permission permission) {
        return area.equals(Area.CORE) || permission.name().startsWith(area + ":");
    }

    private static Stream<Permission> permissions(Parts parts) {
        return Stream.of(
                        parts.routes().stream().flatMap(route -> route.permission().stream()),
                        parts.pages().stream().map(PageSpec::permission).filter(Objects::nonNull),
                        parts.panels().stream().map(PanelSpec::permission))
                .flatMap(each -> each);
    }

    public synchronized void interruptLate() {
        areas.values().forEach(mounted -> mounted.area().requests().interruptLate());
    }
}
