package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A short-lived helper program, run to its end. */
final class Command {

    private static final List<String> USUAL_PLACES =
            List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private Command() {}

    /** Its output must fit a pipe (64 kB): these programs print a few lines. */
    static Result run(List<String> line, Duration limit) {
        try {
            var process = clean(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new PostgresFailure(
                        "%s took longer than %s".formatted(line.getFirst(), limit));
            }
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.exitValue(), output.strip());
        } catch (IOException e) {
            throw new PostgresFailure(
                    "Cannot run %s: %s".formatted(line.getFirst(), e.getMessage()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Nothing from our environment may steer PostgreSQL (PGDATA, LC_ALL, TZ, …). */
    static ProcessBuilder clean(List<String> line) {
        var builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("PATH", String.join(":", USUAL_PLACES));
        return builder;
    }

    static Optional<String> find(String program) {
        return USUAL_PLACES.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    static PostgresFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new PostgresFailure("Interrupted while PostgreSQL was starting or stopping", e);
    }

    static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
