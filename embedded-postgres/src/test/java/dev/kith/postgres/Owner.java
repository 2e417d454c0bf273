package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process that owns a database, so that a test can kill it. */
final class Owner implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    private Owner(Process process) {
        this.process = process;
        this.answers = process.inputReader(UTF_8);
    }

    /** What the process does: starts, says so, and stops when its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (var postgres =
                EmbeddedPostgres.start(Path.of(arguments[0]), EmbeddedPostgres.Options.durable())) {
            System.out.println("started " + postgres.pid());
            while (System.in.read() >= 0) {
                System.out.println("still here");
            }
        } catch (PostgresFailure e) {
            System.out.println("failed " + e.getMessage());
        }
    }

    static Owner of(Path folder) throws IOException {
        return of(folder, List.of(), System.getProperty("java.class.path"));
    }

    static Owner of(Path folder, List<String> prefix, String classPath) throws IOException {
        var line = new ArrayList<>(prefix);
        line.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        Owner.class.getName(),
                        folder.toString()));
        var process =
                new ProcessBuilder(line)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .directory(new File("/"))
                        .start();
        return new Owner(process);
    }

    /** The first line that it said: {@code started PID} or {@code failed MESSAGE}. */
    String answer() throws IOException {
        var line = answers.readLine();
        return line == null ? "died" : line;
    }

    /** The process of the PostgreSQL that it started. */
    ProcessHandle postgres() throws IOException {
        var pid = Long.parseLong(answer().replace("started ", ""));
        return ProcessHandle.of(pid).orElseThrow();
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
