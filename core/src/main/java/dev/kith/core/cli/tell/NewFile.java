package dev.kith.core.cli.tell;

import dev.kith.core.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command is to make, looked at before the command does anything. */
public final class NewFile {

    private NewFile() {}

    public static void check(Path file) {
        var folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CommandFailure(Words.of("noSuchFolder", folder));
        }
        if (Files.exists(file)) {
            throw new CommandFailure(Words.of("fileIsThere", file));
        }
    }
}
