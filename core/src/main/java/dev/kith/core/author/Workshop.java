package dev.kith.core.author;

import dev.kith.core.loading.PluginIdentity;
import dev.kith.core.packages.Description;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.plugins.PluginHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The folder of one plugin in the making: builds it, and swaps it into a running server. */
public final class Workshop {

    /** A build is over when so much time brings nothing new. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private static final String BY = "developer";

    private static final String JAVA = "src/main/java";
    private static final String RESOURCES = "src/main/resources";
    private static final String PAGES = "src/main/jte";

    private final Path folder;
    private final Path pom;
    private final Path classes;
    private final boolean builds;
    private final Path own;
    private final Generations generations;
    private final String id;
    private final Path first;

    /** What is told to the author, while it happens. */
    public interface Teller {
        void building();

        void notBuilt();

        /** Nothing was even tried, such as because there is no Maven. */
        void cannotBuild(CannotWork reason);

        void swapped(String version, Duration took);

        void notSwapped(String reason);
    }

    /**
     * @param builds whether it runs Maven itself when a source changes
     * @throws CannotWork if there is no plugin in the folder, or it does not compile
     */
    public Workshop(Path folder, boolean builds) throws IOException, InterruptedException {
        this.folder = folder.toAbsolutePath().normalize();
        this.builds = builds;
        classes = this.folder.resolve("target/classes");
        own = this.folder.resolve(".kith");
        pom = this.folder.resolve("pom.xml");
        if (!Files.exists(pom)) {
            throw new CannotWork("noPom", this.folder);
        }
        if (builds && isStale() && !new MavenBuild(this.folder).run()) {
            throw new CannotWork("doesNotBuild");
        }
        generations = new Generations(own.resolve("classes"));
        id = readId();
        first = generations.copy(classes);
    }

    // The last thing that Maven writes against the last that the author wrote.
    private boolean isStale() throws IOException {
        var built = classes.resolve(Description.FILE);
        if (!Files.exists(built)) {
            return true;
        }
        var places = List.of(folder.resolve("src/main"), pom);
        return Footprint.of(places).isNewerThan(Files.getLastModifiedTime(built));
    }

    private String readId() {
        try {
            return PluginIdentity.of(classes).id();
        } catch (WrongPackage e) {
            throw new CannotWork("noPlugin", classes, e.reason());
        }
    }

    public String id() {
        return id;
    }

    /** Where its server keeps its data. */
    public Path data() {
        return own.resolve("data");
    }

    /** The plugin as it was built first, to start the server with. */
    public Path first() {
        return first;
    }

    /** Removes all data of its server, which must not run. */
    public void removeData() throws IOException {
        Generations.remove(data());
    }

    /** Whether a jar holds a version of this plugin. */
    public boolean isOlder(Path jar) {
        try {
            return PluginIdentity.of(jar).id().equals(id);
        } catch (WrongPackage e) {
            return false; // the host says what is wrong with it
        }
    }

    /** Watches the folder until the thread is interrupted. */
    public void work(PluginHost host, Teller teller) throws IOException, InterruptedException {
        var java = new Watch(List.of(folder.resolve(JAVA)));
        var rest = new Watch(List.of(folder.resolve(RESOURCES), folder.resolve(PAGES), pom));
        var built = new Watch(List.of(classes));
        while (true) {
            Thread.sleep(LOOK_EVERY);
            // Both are asked, because each remembers what it saw.
            var javaSettled = java.hasSettled();
            var restSettled = rest.hasSettled();
            if (builds && (javaSettled || restSettled)) {
                teller.building();
                if (build(restSettled, teller)) {
                    swap(host, teller);
                }
                built.forget();
            } else if (built.hasSettled()) {
                swap(host, teller);
            }
        }
    }

    private boolean build(boolean whole, Teller teller) throws InterruptedException {
        try {
            var built =
                    whole || !JavaBuild.isPossible()
                            ? new MavenBuild(folder).run()
                            : new JavaBuild(folder, classes).run();
            if (!built) {
                teller.notBuilt();
            }
            return built;
        } catch (CannotWork e) {
            teller.cannotBuild(e);
            return false;
        } catch (IOException | UncheckedIOException e) {
            // A file that was there when it was listed, and is gone: the next change builds again.
            teller.notSwapped(String.valueOf(e));
            return false;
        }
    }

    private void swap(PluginHost host, Teller teller) {
        var began = System.nanoTime();
        try {
            var copy = generations.copy(classes);
            var now = PluginIdentity.of(copy).id();
            if (!now.equals(id)) {
                throw new WrongPackage("it is called %s now: start again".formatted(now));
            }
            var status = host.replace(id, copy, BY);
            var took = Duration.ofNanos(System.nanoTime() - began);
            teller.swapped(String.valueOf(status.version()), took);
            generations.clean();
        } catch (IOException | RuntimeException e) {
            // Half a build may be behind it: the next one brings the rest.
            teller.notSwapped(String.valueOf(e.getMessage()));
        }
    }
}
