package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that work on this data folder, whoever started them. They are told by their program
 * and their working folder, which is always the data folder, and not by the number in {@code
 * postmaster.pid}: that may by now be another program's.
 */
record ServerProcesses(Home home) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerProcesses.class);
    private static final Duration FAST_LIMIT = Duration.ofSeconds(15);

    /** A postmaster itself kills children that ignore its order for five seconds. */
    private static final Duration IMMEDIATE_LIMIT = Duration.ofSeconds(8);

    private static final Duration HALF_DEAD_LIMIT = Duration.ofSeconds(2);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Path PROCESSES = Path.of("/proc");

    /** Stops what an earlier server left behind; afterwards nobody works on the data folder. */
    void stopLeftovers() {
        var left = find();
        if (!left.isEmpty()) {
            LOG.warn("An earlier PostgreSQL still runs (process {}); stopping it", numbers(left));
            stop();
        }
        try {
            // PostgreSQL would take any process with that number for a server of its own.
            Files.deleteIfExists(home.postmasterPid());
        } catch (IOException e) {
            throw new PostgresFailure("Cannot delete " + home.postmasterPid(), e);
        }
    }

    /** Politely, then firmly; returns when none is left and takes a bounded time. */
    void stop() {
        // Being interrupted is a reason to stop it, not to leave it running.
        var interrupted = Thread.interrupted();
        try {
            stopBounded();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stopBounded() {
        var postmaster = postmaster();
        if (postmaster.isPresent()) {
            signal("INT", List.of(postmaster.get()));
            if (gone(FAST_LIMIT)) {
                return;
            }
            LOG.warn("PostgreSQL did not stop within {}; stopping it at once", FAST_LIMIT);
            signal("QUIT", List.of(postmaster.get()));
        } else {
            // Without their postmaster they end by themselves as soon as they look up from work.
            signal("QUIT", find());
        }
        if (gone(postmaster.isPresent() ? IMMEDIATE_LIMIT : HALF_DEAD_LIMIT)) {
            return;
        }
        signal("KILL", find());
        if (!gone(KILL_LIMIT)) {
            throw new PostgresFailure(
                    "Cannot stop the PostgreSQL (process %s) that uses %s"
                            .formatted(numbers(find()), home.data()));
        }
    }

    List<ProcessHandle> find() {
        return ProcessHandle.allProcesses().filter(this::worksHere).toList();
    }

    private Optional<ProcessHandle> postmaster() {
        return PostmasterPid.read(home)
                .flatMap(pid -> ProcessHandle.of(pid.process()))
                .filter(this::worksHere);
    }

    private boolean worksHere(ProcessHandle process) {
        var proc = PROCESSES.resolve(Long.toString(process.pid()));
        try {
            if (PrivateFiles.ownerOf(proc) != PrivateFiles.ownerOf(home.root())) {
                return false;
            }
            var program = Files.readSymbolicLink(proc.resolve("exe")).getFileName().toString();
            return program.startsWith("postgres")
                    && Files.readSymbolicLink(proc.resolve("cwd")).equals(home.data());
        } catch (NoSuchFileException e) {
            return Files.notExists(PROCESSES.resolve("self")) && hasTitle(process);
        } catch (IOException e) {
            return hasTitle(process);
        }
    }

    /** For systems that do not show another account's, or any, working folder. */
    private boolean hasTitle(ProcessHandle process) {
        var title = title(process);
        return title.contains("postgres: " + home.clusterName())
                || title.contains("/postgres -D " + home.data() + " ");
    }

    private static String title(ProcessHandle process) {
        try {
            var file = PROCESSES.resolve(Long.toString(process.pid())).resolve("cmdline");
            return new String(Files.readAllBytes(file), UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return process.info().commandLine().orElse("");
        }
    }

    private boolean gone(Duration limit) {
        var known = find();
        return Wait.upTo(
                limit, POLL, () -> known.stream().noneMatch(this::worksHere) && find().isEmpty());
    }

    /** Java itself sends only TERM, for which a postmaster waits until all clients have left. */
    private static void signal(String name, List<ProcessHandle> processes) {
        for (var process : processes) {
            var number = Long.toString(process.pid());
            Command.run(
                    List.of("/bin/sh", "-c", "kill -s \"$1\" \"$2\"", "sh", name, number),
                    SIGNAL_LIMIT);
        }
    }

    private static String numbers(List<ProcessHandle> processes) {
        return String.join(", ", processes.stream().map(p -> Long.toString(p.pid())).toList());
    }
}
