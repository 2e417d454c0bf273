package dev.kith.core.plugins;

import dev.kith.core.area.Area;
import dev.kith.core.loading.StartFailure;
import dev.kith.core.registry.PageSpec;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks what a plugin declared, and names everything that is wrong with it at once. */
final class Declarations {

    /** What a fact may be: a value that an expression can compare. */
    static final Set<Class<?>> FACT_TYPES =
            Set.of(Long.class, Double.class, Boolean.class, String.class, Instant.class);

    private static final Pattern TOPIC = Pattern.compile("[a-z][a-z0-9]*\\.[a-z][a-zA-Z0-9]*");
    private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9-]{0,59}");
    private static final Pattern PATH = Pattern.compile("(/([a-z0-9-]+|\\{[a-zA-Z]+}))+");

    private final Parts parts;
    private final List<String> wrong = new ArrayList<>();

    private Declarations(Parts parts) {
        this.parts = parts;
    }

    /**
     * @param running the other areas, core's among them
     * @param owners of the topics declared here, as far as the database remembers them
     * @throws StartFailure naming everything that is wrong
     */
    static void check(Parts parts, Collection<Area> running, Map<String, String> owners) {
        var check = new Declarations(parts);
        check.names();
        check.places();
        check.routes(running);
        check.topics(running, owners);
        check.facts();
        if (!check.wrong.isEmpty()) {
            throw new StartFailure(String.join("; ", check.wrong));
        }
    }

    private void names() {
        var prefix = parts.plugin().length() + 1;
        unique(parts.subscriptions(), s -> s.name().substring(prefix), "subscription");
        unique(parts.senders(), Parts.SenderSpec::name, "sender");
        unique(parts.timers(), Parts.TimerSpec::name, "timer");
        unique(parts.jobs(), Parts.JobSpec::name, "job");
        unique(parts.facts(), Parts.FactSpec::name, "fact");
    }

    private <T> void unique(List<T> declared, Function<T, String> name, String what) {
        var seen = new HashSet<String>();
        for (var each : declared) {
            var is = name.apply(each);
            if (!NAME.matcher(is).matches()) {
                wrong.add("the name of %s \"%s\" is not lowerCamel".formatted(what, is));
            }
            if (!seen.add(is)) {
                wrong.add("two of %s \"%s\"".formatted(what, is));
            }
        }
    }

    // A path is put behind the plugin's name as it is: without its slash it would make another name
    // of it, and be below that.
    private void places() {
        for (var route : parts.routes()) {
            below("/api/v1/", "/public/", route.path());
        }
        parts.forms().forEach(form -> below("/public/", "/public/", form.path()));
        for (var page : parts.pages()) {
            if (page.kind() != PageSpec.Kind.CARD && !page.path().startsWith("/")) {
                wrong.add("page %s is not below /%s".formatted(page.path(), parts.plugin()));
            }
        }
    }

    private void below(String closed, String open, String path) {
        var own = Stream.of(closed + parts.plugin(), open + parts.plugin());
        if (own.noneMatch(place -> path.equals(place) || path.startsWith(place + "/"))) {
            wrong.add("%s is not below /%s".formatted(path, parts.plugin()));
        }
    }

    private void routes(Collection<Area> running) {
        var taken = new HashSet<String>();
        for (var area : running) {
            area.parts().routes().forEach(route -> taken.add(shape(route)));
        }
        for (var route : parts.routes()) {
            if (!PATH.matcher(route.path()).matches()) {
                wrong.add("\"%s\" is not a path such as /things/{id}".formatted(route.path()));
            }
            if (!taken.add(shape(route))) {
                wrong.add("two routes %s %s".formatted(route.method(), route.path()));
            }
        }
    }

    // {a} and {b} are the same place to a caller; lines are another type of content.
    private static String shape(RouteSpec route) {
        var method = route.call() instanceof RouteSpec.Call.Lines ? "lines" : route.method();
        return method + " " + route.path().replaceAll("\\{[^}]*}", "{}");
    }

    private void topics(Collection<Area> running, Map<String, String> owners) {
        var seen = new HashSet<String>();
        for (var topic : parts.topics()) {
            var name = topic.name();
            if (!TOPIC.matcher(name).matches()) {
                wrong.add("topic \"%s\" is not a noun and a participle".formatted(name));
            }
            if (!seen.add(name)) {
                wrong.add("topic %s is declared twice".formatted(name));
            }
            var owner = owners.getOrDefault(name, parts.plugin());
            if (!owner.equals(parts.plugin()) || ownedByRunning(name, running)) {
                wrong.add("topic %s belongs to another plugin".formatted(name));
            }
        }
        for (var subscription : parts.subscriptions()) {
            if (!TOPIC.matcher(subscription.topic()).matches()) {
                wrong.add("\"%s\" is not a topic".formatted(subscription.topic()));
            }
        }
    }

    private static boolean ownedByRunning(String topic, Collection<Area> running) {
        return running.stream()
                .flatMap(area -> area.parts().topics().stream())
                .anyMatch(spec -> spec.name().equals(topic));
    }

    private void facts() {
        for (var fact : parts.facts()) {
            if (!FACT_TYPES.contains(fact.type())) {
                wrong.add(
                        "fact %s is a %s; facts are Long, Double, Boolean, String or Instant"
                                .formatted(fact.name(), fact.type().getSimpleName()));
            }
        }
    }
}
