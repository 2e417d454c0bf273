package dev.kith.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Documents kept beside the tests, so that a change of what others rely on shows in review. {@code
 * mvn test -Dgolden=write} writes them anew.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /**
     * @throws AssertionError if the document is another than the one that is kept
     */
    public static void check(String name, String actual) {
        var file = FOLDER.resolve(name);
        try {
            if ("write".equals(System.getProperty("golden"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, actual);
            } else if (!Files.exists(file)) {
                throw new AssertionError(file + " is not there; write it with -Dgolden=write");
            } else if (!Files.readString(file).equals(actual)) {
                throw new AssertionError(
                        "%s has changed; if that is meant, write it with -Dgolden=write:%n%s"
                                .formatted(file, actual));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
