package dev.kith.core.cli;

import dev.kith.core.author.CannotWork;
import dev.kith.core.author.Workshop;
import dev.kith.core.loading.PluginFolder;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import dev.kith.core.settings.SettingsReader;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a server for the author of the plugin in this folder. */
@Command(name = "dev", mixinStandardHelpOptions = true)
final class DevCommand implements Callable<Integer> {

    private static final String SETTINGS = "kith.yaml";

    @Option(names = "--no-build", descriptionKey = "noBuild")
    private boolean noBuild;

    @Option(names = "--fresh", descriptionKey = "fresh")
    private boolean fresh;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.begin(Settings.Log.DEFAULT);
        var folder = Path.of("").toAbsolutePath();
        var workshop = new Workshop(folder, !noBuild);
        if (fresh) {
            workshop.removeData();
        }
        var settings = settings(folder, workshop);
        return Serve.run(settings, plugins(settings, workshop), node -> begin(workshop, node));
    }

    private static Settings settings(Path folder, Workshop workshop) {
        var usual =
                Map.of(
                        "data.dir",
                        workshop.data().toString(),
                        "plugins.%s.enabled".formatted(workshop.id()),
                        "true");
        return SettingsReader.ofAuthor(folder.resolve(SETTINGS), usual);
    }

    // Those of the installation are there too, but for one with the same id; off unless switched
    // on.
    private static List<Path> plugins(Settings settings, Workshop workshop) {
        var plugins = new ArrayList<Path>();
        plugins.add(workshop.first());
        PluginFolder.sources(settings.plugins().dir()).stream()
                .filter(jar -> !workshop.isOlder(jar))
                .forEach(plugins::add);
        return plugins;
    }

    private static void begin(Workshop workshop, Node node) {
        var status = node.plugins().status(workshop.id());
        if (status.reason() != null) {
            System.out.println(Words.of("notSwapped", status.reason()));
        }
        var token = workshop.data().resolve("run").resolve("token");
        System.out.println(Words.of("tryIt", token, node.address(), workshop.id()));
        System.out.println(Words.of("watching"));
        Thread.ofPlatform().daemon().name("kith-dev").start(() -> work(workshop, node));
    }

    private static void work(Workshop workshop, Node node) {
        try {
            workshop.work(node.plugins(), new Told());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Told implements Workshop.Teller {

        @Override
        public void building() {
            System.out.println(Words.of("building"));
        }

        @Override
        public void notBuilt() {
            System.out.println(Words.of("author.doesNotBuild"));
        }

        @Override
        public void cannotBuild(CannotWork reason) {
            System.out.println(
                    Words.of("author." + reason.sentence(), reason.arguments().toArray()));
        }

        @Override
        public void swapped(String version, Duration took) {
            System.out.println(Words.of("swapped", version, Long.toString(took.toMillis())));
        }

        @Override
        public void notSwapped(String reason) {
            System.out.println(Words.of("notSwapped", reason));
        }
    }
}
