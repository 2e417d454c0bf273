package dev.kith.core.cli;

import dev.kith.core.access.Sessions;
import dev.kith.core.cli.tell.CommandFailure;
import dev.kith.core.cli.tell.Exit;
import dev.kith.core.loading.PluginFolder;
import dev.kith.core.server.Node;
import dev.kith.core.settings.Settings;
import dev.kith.core.settings.SettingsReader;
import dev.kith.core.words.Words;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The server, from its start to SIGTERM. */
final class Serve {

    private static final int WEAK_KEY_CHARACTERS = 16;

    private Serve() {}

    static int run(Optional<Path> config) {
        var settings = SettingsReader.ofProcess(config);
        return run(settings, PluginFolder.sources(settings.plugins().dir()), node -> {});
    }

    /**
     * @param running told when the server runs and its address has been said
     */
    static int run(Settings settings, List<Path> plugins, Consumer<Node> running) {
        Logs.begin(settings.log());
        warnOfWeakKey(settings);
        var node = start(settings, plugins);
        var stopped = new CountDownLatch(1);
        Runnable stop =
                () -> {
                    tell(settings, Words.of("stopping"));
                    stop(node, stopped);
                };
        Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop"));
        greet(node, settings);
        running.accept(node);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Exit.DONE;
    }

    private static Node start(Settings settings, List<Path> plugins) {
        try {
            return Node.start(new Node.Start(settings, Clock.systemUTC(), plugins, null));
        } catch (RuntimeException e) {
            // The one line is for whoever sits before it; the trace is for whoever has to find out.
            LoggerFactory.getLogger(Serve.class).debug("cannot start", e);
            throw new CommandFailure(StartReason.of(settings, e), e);
        }
    }

    private static void greet(Node node, Settings settings) {
        var base = settings.http().publicUrl();
        var address = base.isEmpty() ? node.address() : URI.create(base);
        var link = address.resolve(Sessions.path(node.access().sessions().makeLink()));
        System.out.println(Words.of("running", address));
        System.out.println(Words.of("signIn", Sessions.LINK_FOR.toMinutes(), link));
    }

    private static void warnOfWeakKey(Settings settings) {
        settings.findAdminKey()
                .filter(key -> key.reveal().length() < WEAK_KEY_CHARACTERS)
                .ifPresent(key -> tell(settings, Words.of("weakAdminKey", WEAK_KEY_CHARACTERS)));
    }

    // Who reads JSON from standard error wants nothing else there.
    private static void tell(Settings settings, String line) {
        switch (settings.log().format()) {
            case TEXT -> System.err.println(line);
            case JSON -> LoggerFactory.getLogger(Serve.class).warn(line);
        }
    }

    // A server that was told to stop and did has done well: its exit code is 0, not the signal's.
    private static void stop(Node node, CountDownLatch stopped) {
        node.close();
        stopped.countDown();
        Runtime.getRuntime().halt(Exit.DONE);
    }
}
