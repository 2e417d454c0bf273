package dev.kith.postgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;

/** One running server process, a child of ours. */
final class Postmaster {

    /** Long, because recovery after a crash takes as long as it takes. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(10);

    private static final Duration POLL = Duration.ofMillis(5);

    private final Process process;
    private final FileTime launched;
    private final Home home;

    private Postmaster(Process process, FileTime launched, Home home) {
        this.process = process;
        this.launched = launched;
        this.home = home;
    }

    static Postmaster launch(Home home, Account account, List<String> commandLine) {
        try {
            var launched = new StartLog(home).prepare(new PrivateFiles(account.owner()));
            var line = Command.concat(inOwnSession(), account.command(commandLine));
            var output = Redirect.appendTo(home.startLog().toFile());
            var process =
                    Command.clean(line)
                            .directory(home.root().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output)
                            .start();
            process.getOutputStream().close();
            return new Postmaster(process, launched, home);
        } catch (IOException e) {
            throw new PostgresFailure("Cannot start PostgreSQL: " + e.getMessage(), e);
        }
    }

    void awaitReady() {
        var ready = Wait.upTo(READY_LIMIT, POLL, () -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new PostgresFailure(
                    "PostgreSQL did not start: "
                            + new StartLog(home)
                                    .reason(launched)
                                    .orElse("see the files in " + home.logs()));
        }
        if (!ready) {
            throw new PostgresFailure("PostgreSQL was not ready after " + READY_LIMIT);
        }
    }

    boolean running() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    private boolean isReady() {
        return PostmasterPid.read(home)
                .filter(pid -> pid.process() == process.pid() && pid.ready())
                .isPresent();
    }

    /** Otherwise Ctrl-C at our terminal would stop PostgreSQL before we have finished with it. */
    private static List<String> inOwnSession() {
        return Command.find("setsid").map(List::of).orElse(List.of());
    }
}
