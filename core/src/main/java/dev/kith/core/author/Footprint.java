package dev.kith.core.author;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which files lie in some folders, how large and how old: equal as long as nobody wrote there. */
record Footprint(Set<Entry> files) {

    /** One file as it was found. */
    record Entry(Path file, long bytes, FileTime writtenAt) {}

    boolean isNewerThan(FileTime time) {
        return files.stream().anyMatch(entry -> entry.writtenAt().compareTo(time) > 0);
    }

    static Footprint of(List<Path> places) throws IOException {
        var files = new HashSet<Entry>();
        for (var place : places) {
            if (Files.exists(place)) {
                Files.walkFileTree(place, new Visitor(files));
            }
        }
        return new Footprint(files);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Set<Entry> files;

        Visitor(Set<Entry> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            files.add(new Entry(file, is.size(), is.lastModifiedTime()));
            return FileVisitResult.CONTINUE;
        }

        // Gone between being listed and being looked at: a build is at work.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
