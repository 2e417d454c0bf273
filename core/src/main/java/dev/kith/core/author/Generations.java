package dev.kith.core.author;

import dev.kith.core.packages.Description;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * Copies of what builds left behind. A running plugin loads its classes from a copy, so that the next
 * build does not change them under its feet and it can go on if the new one does not start.
 */
final class Generations {

    /** The one that runs, and the one that is to take its place. */
    private static final int KEPT = 2;

    private final Path folder;
    private final Deque<Path> copies = new ArrayDeque<>();
    private int count;

    Generations(Path folder) throws IOException {
        this.folder = folder;
        remove(folder);
    }

    /**
     * Without what the plugin says about itself: only Maven writes that, at the end of a build, and
     * an editor's or our own build would make it a lie.
     */
    Path copy(Path classes) throws IOException {
        var copy = folder.resolve(Integer.toString(++count));
        var description = classes.resolve(Description.FILE);
        try (var files = Files.walk(classes)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (file.equals(description)) {
                    continue;
                }
                var target = copy.resolve(classes.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        copies.add(copy);
        return copy;
    }

    /** Removes what cannot be running any more. */
    void clean() throws IOException {
        while (copies.size() > KEPT) {
            remove(copies.remove());
        }
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (NoSuchFileException e) {
            // There is nothing to remove.
        }
    }
}
