package dev.kith.core.packages;

import dev.kith.api.Permission;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.Parts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes a {@link Description} of what a plugin has declared. */
public final class Describing {

    private Describing() {}

    /**
     * @param usesFacts that its expressions name
     * @param migrations its SQL by file name
     */
    public static Description of(
            Parts parts,
            Identity identity,
            Collection<String> usesFacts,
            NavigableMap<String, byte[]> migrations) {
        return new Description(
                identity.id(),
                identity.version(),
                identity.requires(),
                sorted(identity.dependencies(), Description.Dependency::id),
                permissions(parts),
                sorted(routes(parts), Describing::key),
                sorted(pages(parts), Describing::key),
                topics(parts, false),
                topics(parts, true),
                sorted(
                        parts.subscriptions().stream()
                                .map(s -> new Description.Consumed(s.topic(), s.name()))
                                .toList(),
                        Description.Consumed::subscription),
                sorted(facts(parts), Description.Fact::name),
                usesFacts.stream().distinct().sorted().toList(),
                parts.timers().stream().map(Parts.TimerSpec::name).sorted().toList(),
                sorted(jobs(parts), Description.Job::name),
                parts.senders().stream().map(Parts.SenderSpec::name).sorted().toList(),
                parts.export() != null && parts.erase() != null,
                PersonalTables.in(migrations.values()),
                migrations.entrySet().stream()
                        .map(file ->
                                new Description.Migration(
                                        file.getKey(), Sha256.hex(file.getValue())))
                        .toList());
    }

    /** What a manifest says: who it is and what it needs. */
    public record Identity(
            String id, String version, String requires, List<Description.Dependency> dependencies) {

        public Identity {
            dependencies = List.copyOf(dependencies);
        }
    }

    private static List<Description.Grant> permissions(Parts parts) {
        Stream<Permission> asked =
                Stream.of(
                                parts.routes().stream().flatMap(r -> r.permission().stream()),
                                parts.pages().stream()
                                        .flatMap(p -> Stream.ofNullable(p.permission())),
                                parts.panels().stream().map(p -> p.permission()))
                        .flatMap(Function.identity());
        Map<String, Description.Grant> byName = new TreeMap<>();
        asked.forEach(p -> byName.put(p.name(), new Description.Grant(p.name(), p.meaning())));
        return List.copyOf(byName.values());
    }

    private static List<Description.Path> routes(Parts parts) {
        return parts.routes().stream()
                .map(r ->
                        new Description.Path(
                                r.method(),
                                r.path(),
                                r.permission().map(Permission::name).orElse(null)))
                .toList();
    }

    private static List<Description.Path> pages(Parts parts) {
        var pages =
                parts.pages().stream()
                        .map(page -> {
                            var needed = page.permission();
                            return new Description.Path(
                                    page.kind().name().toLowerCase(java.util.Locale.ROOT),
                                    folder(parts, page) + page.path(),
                                    needed == null ? null : needed.name());
                        });
        var forms = parts.forms().stream().map(f -> new Description.Path("form", f.path(), null));
        var panels =
                parts.panels().stream()
                        .map(p -> new Description.Path("panel", "", p.permission().name()));
        return Stream.of(pages, forms, panels).flatMap(Function.identity()).toList();
    }

    private static String folder(Parts parts, PageSpec page) {
        return switch (page.kind()) {
            case PAGE -> "/console/" + parts.plugin();
            case PUBLIC -> "/public/" + parts.plugin();
            case CARD -> "";
        };
    }

    private static String key(Description.Path path) {
        return path.path() + " " + path.method() + " " + path.permission();
    }

    private static List<String> topics(Parts parts, boolean external) {
        return parts.topics().stream()
                .filter(topic -> topic.external() == external)
                .map(Parts.TopicSpec::name)
                .sorted()
                .toList();
    }

    private static List<Description.Fact> facts(Parts parts) {
        return parts.facts().stream()
                .map(fact ->
                        new Description.Fact(
                                parts.plugin() + "." + fact.name(),
                                fact.type().getSimpleName(),
                                fact.meaning()))
                .toList();
    }

    private static List<Description.Job> jobs(Parts parts) {
        return parts.jobs().stream()
                .map(job -> new Description.Job(job.name(), job.interval().toSeconds()))
                .toList();
    }

    private static <T> List<T> sorted(List<T> all, Function<T, String> by) {
        return all.stream().sorted(java.util.Comparator.comparing(by)).toList();
    }
}
