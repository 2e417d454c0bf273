package dev.kith.core.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds a plugin's classes as its author would by hand, with the output where it is read. */
final class MavenBuild {

    /** Where Maven's toolchains find the Java that this program runs on. */
    private static final String TOOLCHAIN = "JAVA25_HOME";

    private final Path folder;

    MavenBuild(Path folder) {
        this.folder = folder;
    }

    /**
     * @return whether it went well
     * @throws CannotWork if there is no Maven
     */
    boolean run() throws IOException, InterruptedException {
        var wrapper = folder.resolve("mvnw");
        var maven = Files.isExecutable(wrapper) ? wrapper.toString() : "mvn";
        // As far as what tests load, too: the manifest and what the plugin says about itself.
        var command = new ProcessBuilder(List.of(maven, "-q", "process-classes"));
        command.directory(folder.toFile()).inheritIO();
        command.environment().putIfAbsent(TOOLCHAIN, System.getProperty("java.home"));
        try {
            return command.start().waitFor() == 0;
        } catch (IOException e) {
            throw new CannotWork("noMaven", String.valueOf(e.getMessage()));
        }
    }
}
