package dev.kith.core.loading;

import dev.kith.core.packages.Description;
import dev.kith.core.packages.DescriptionText;
import dev.kith.core.registry.Parts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Compares what a plugin registers with what its package says. */
public final class Described {

    private static final String FOLDER = "META-INF/kith";
    private static final String NAME = "plugin.json";

    private final List<String> differences = new ArrayList<>();

    private Described() {}

    /** What a jar or a folder of classes says about itself. */
    public static Optional<Description> find(Path source) {
        return Optional.ofNullable(PluginFiles.in(source, FOLDER).get(NAME))
                .map(DescriptionText::read);
    }

    /**
     * @param usesFacts that its expressions name
     * @param wanted whether the operator's settings name a topic or a fact
     * @throws StartFailure naming every difference
     */
    public static void check(
            Descriptor descriptor,
            Parts parts,
            Collection<String> usesFacts,
            Predicate<String> wanted) {
        var said = find(descriptor.source());
        if (said.isPresent()) {
            var differences =
                    differences(said.get(), descriptor.describe(parts, usesFacts), wanted);
            if (!differences.isEmpty()) {
                throw new StartFailure(
                        "it is not what its package says: " + String.join("; ", differences));
            }
        }
    }

    static List<String> differences(Description said, Description is, Predicate<String> wanted) {
        var compared = new Described();
        compared.same("id", List.of(said.id()), List.of(is.id()));
        compared.same("version", List.of(said.version()), List.of(is.version()));
        compared.same("requires", List.of(said.requires()), List.of(is.requires()));
        compared.same("dependency", said.dependencies(), is.dependencies());
        compared.same("permission", said.permissions(), is.permissions());
        compared.same("route", said.routes(), is.routes());
        compared.same("page", said.pages(), is.pages());
        compared.same("topic published", said.publishes(), is.publishes());
        compared.same("topic accepted", said.accepts(), is.accepts());
        // Settings may add to what is heard and asked, such as what sets off a survey and for whom.
        compared.missing("subscription", said.consumes(), is.consumes());
        compared.unwanted(
                "subscription to",
                said.consumes(),
                is.consumes().stream().filter(each -> !wanted.test(each.topic())).toList());
        compared.unwanted(
                "use of fact",
                said.usesFacts(),
                is.usesFacts().stream().filter(each -> !wanted.test(each)).toList());
        compared.same("fact", said.facts(), is.facts());
        compared.same("timer", said.timers(), is.timers());
        compared.same("job", said.jobs(), is.jobs());
        compared.same("send", said.sends(), is.sends());
        compared.same("personal data", List.of(said.personalData()), List.of(is.personalData()));
        compared.same("table of customers", said.personalTables(), is.personalTables());
        compared.same("migration", said.migrations(), is.migrations());
        return compared.differences;
    }

    private <T> void same(String what, Collection<T> said, Collection<T> is) {
        missing(what, said, is);
        var more = new HashSet<>(is);
        more.removeAll(said);
        more.forEach(each -> differences.add("%s %s is not in it".formatted(what, text(each))));
    }

    private <T> void unwanted(String what, Collection<T> said, Collection<T> is) {
        var more = new TreeSet<>(is.stream().map(Described::heard).toList());
        said.forEach(each -> more.remove(heard(each)));
        more.forEach(each ->
                differences.add(
                        "%s %s is not in it, and the plugin's settings do not name it"
                                .formatted(what, each)));
    }

    private static String heard(Object each) {
        return each instanceof Description.Consumed consumed
                ? "%s (%s)".formatted(consumed.topic(), consumed.subscription())
                : each.toString();
    }

    private <T> void missing(String what, Collection<T> said, Collection<T> is) {
        var less = new HashSet<>(said);
        less.removeAll(is);
        less.forEach(each -> differences.add("%s %s is only in it".formatted(what, text(each))));
    }

    private static String text(Object each) {
        return switch (each) {
            case Description.Path path ->
                    "%s %s (%s)".formatted(path.method(), path.path(), path.permission());
            case Description.Grant grant -> grant.name();
            case Description.Consumed consumed -> consumed.subscription();
            case Description.Fact fact -> fact.name();
            case Description.Job job -> job.name();
            case Description.Migration migration -> migration.file();
            case Description.Dependency dependency -> dependency.id();
            default -> each.toString();
        };
    }
}
