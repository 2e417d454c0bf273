package dev.kith.core.author;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which files lie in some folders, how large and how old: equal as long as nobody wrote there. */
record Footprint(Set<String> files) {

    static Footprint of(List<Path> places) throws IOException {
        var files = new HashSet<String>();
        for (var place : places) {
            if (Files.exists(place)) {
                Files.walkFileTree(place, new Visitor(files));
            }
        }
        return new Footprint(files);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Set<String> files;

        Visitor(Set<String> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            files.add(file + " " + is.size() + " " + is.lastModifiedTime().toMillis());
            return FileVisitResult.CONTINUE;
        }

        // Gone between being listed and being looked at: a build is at work.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
