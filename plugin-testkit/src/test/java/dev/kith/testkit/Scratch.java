package dev.kith.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for the tests of this JVM, which go with it. */
final class Scratch {

    private static final TemporaryFolder ALL = new TemporaryFolder();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ALL::close));
    }

    private Scratch() {}

    static Path folder() {
        try {
            return Files.createTempDirectory(ALL.path(), "s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
