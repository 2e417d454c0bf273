package dev.kith.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A Chromium without window or history, one for all tests of this JVM; it ends with the JVM. */
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final String MISSING =
            "This test opens pages in a real browser and found none. Install Debian's packages"
                    + " chromium and fonts-noto-cjk (.ci/run does), or name one in CHROMIUM.";

    // The sandbox does not work as root; nothing but our own server on loopback is opened.
    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--force-prefers-reduced-motion",
                    "--hide-scrollbars",
                    "--remote-debugging-port=0");

    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final int START_WITHIN_SECONDS = 60;
    private static final int END_WITHIN_SECONDS = 5;

    private Chromium() {}

    /**
     * The running browser; started by the first test that asks. Whoever builds without one sees
     * these tests as skipped, with the reason; where {@code CI} is set they fail.
     */
    static DevTools devTools() {
        if (executable().isEmpty()) {
            throw System.getenv("CI") == null
                    ? new TestAbortedException(MISSING)
                    : new IllegalStateException(MISSING);
        }
        return Running.DEV_TOOLS;
    }

    /** A holder, so that only a test that wants a browser starts one. */
    private static final class Running {
        private static final DevTools DEV_TOOLS = start();
    }

    private static DevTools start() {
        var profile = new TemporaryFolder();
        var command = new ArrayList<>(List.of(executable().orElseThrow()));
        command.addAll(FLAGS);
        command.add("--user-data-dir=" + profile.path());
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var devTools = new DevTools(address(process));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, devTools, profile)));
            return devTools;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> executable() {
        var named = System.getenv("CHROMIUM");
        if (named != null) {
            return Optional.of(named);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString);
    }

    // What it goes on to say is read too, or it would wait for somebody to do so.
    private static URI address(Process process) {
        var said = new StringBuilder();
        var address = new CompletableFuture<URI>();
        var reader =
                new Thread(
                        () -> read(process.inputReader(StandardCharsets.UTF_8), said, address),
                        "chromium-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return address.orTimeout(START_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        } catch (java.util.concurrent.CompletionException e) {
            process.destroyForcibly();
            throw new AssertionError("Chromium did not start; it said: " + said, e);
        }
    }

    private static void read(
            BufferedReader output, StringBuilder said, CompletableFuture<URI> address) {
        try (output) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                var found = ADDRESS.matcher(line);
                if (found.find()) {
                    address.complete(URI.create(found.group(1)));
                } else if (!address.isDone()) {
                    said.append(line).append('\n');
                }
            }
        } catch (IOException ended) {
            said.append(ended.getMessage());
        }
        address.completeExceptionally(new IllegalStateException("it ended"));
    }

    private static void end(Process process, DevTools devTools, TemporaryFolder profile) {
        devTools.end();
        try {
            if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        profile.close();
    }
}
