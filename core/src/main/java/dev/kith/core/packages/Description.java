package dev.kith.core.packages;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a plugin says about itself before any of it is loaded: {@value #FILE} in its
 * package, written by the build from what {@code register} declares. Every list is sorted, so that
 * the same plugin always has the same bytes.
 *
 * @param requires the versions of the plugin API it works with
 * @param publishes topics that it owns
 * @param accepts topics that it owns and that come from outside
 * @param consumes topics that it is told of; settings may add to them
 * @param facts that it provides, by full name
 * @param usesFacts that its own expressions name; those of the settings are not known here
 * @param personalData whether it says how to export and erase what it keeps of a customer
 * @param personalTables tables of its migrations that mean a customer
 */
public record Description(
        String id,
        String version,
        String requires,
        List<Dependency> dependencies,
        List<Grant> permissions,
        List<Path> routes,
        List<Path> pages,
        List<String> publishes,
        List<String> accepts,
        List<Consumed> consumes,
        List<Fact> facts,
        List<String> usesFacts,
        List<String> timers,
        List<Job> jobs,
        List<String> sends,
        boolean personalData,
        List<String> personalTables,
        List<Migration> migrations) {

    public static final String FILE = "META-INF/kith/plugin.json";

    /** Another plugin that must run first, or that is started first if it is there. */
    public record Dependency(String id, String versions, boolean optional) {
        public Dependency {
            present(id, versions);
        }
    }

    /** A permission that its routes and pages ask for. */
    public record Grant(String name, String description) {
        public Grant {
            present(name, description);
        }
    }

    /**
     * A route or a page.
     *
     * @param method of a route; of a page what kind it is
     * @param permission null for what everybody may call
     */
    public record Path(String method, String path, @Nullable String permission) {
        public Path {
            present(method, path);
        }
    }

    public record Consumed(String topic, String subscription) {
        public Consumed {
            present(topic, subscription);
        }
    }

    public record Fact(String name, String type, String meaning) {
        public Fact {
            present(name, type, meaning);
        }
    }

    public record Job(String name, long everySeconds) {
        public Job {
            present(name);
        }
    }

    public record Migration(String file, String sha256) {
        public Migration {
            present(file, sha256);
        }
    }

    public Description {
        present(id, version, requires);
        dependencies = List.copyOf(dependencies);
        permissions = List.copyOf(permissions);
        routes = List.copyOf(routes);
        pages = List.copyOf(pages);
        publishes = List.copyOf(publishes);
        accepts = List.copyOf(accepts);
        consumes = List.copyOf(consumes);
        facts = List.copyOf(facts);
        usesFacts = List.copyOf(usesFacts);
        timers = List.copyOf(timers);
        jobs = List.copyOf(jobs);
        sends = List.copyOf(sends);
        personalTables = List.copyOf(personalTables);
        migrations = List.copyOf(migrations);
    }

    /** Topics that it owns. */
    public List<String> owns() {
        var all = new java.util.ArrayList<>(publishes);
        all.addAll(accepts);
        return all;
    }

    // Whoever wrote it by hand may have left something out.
    private static void present(@Nullable String... texts) {
        for (var text : texts) {
            if (text == null) {
                throw new IllegalArgumentException("a text is missing");
            }
        }
    }
}
