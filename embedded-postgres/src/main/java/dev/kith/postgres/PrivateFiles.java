package dev.kith.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes files that are private from their first moment and belong to the right user. */
record PrivateFiles(OptionalInt owner) {

    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = mode("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = mode("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> PROGRAM = mode("rwx------");

    /** For files beside others: a server that is root may work in a normal user's folder. */
    static PrivateFiles ownedLike(Path folder) throws IOException {
        var we = (int) new UnixSystem().getUid();
        var owner = ownerOf(folder);
        return new PrivateFiles(we == owner ? OptionalInt.empty() : OptionalInt.of(owner));
    }

    static int ownerOf(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    /** Whoever made it, and however. */
    void close(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, FOLDER.value());
    }

    /** Makes it, and those above, when they are not there yet. */
    Path folder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            var parent = path.getParent();
            if (parent != null) {
                folder(parent);
            }
            Files.createDirectory(path, FOLDER);
            give(path);
        }
        return path;
    }

    /** Makes it when it is not there yet. */
    Path file(Path path) throws IOException {
        return create(path, FILE);
    }

    Path program(Path path) throws IOException {
        return create(path, PROGRAM);
    }

    Path link(Path path, Path target) throws IOException {
        Files.createSymbolicLink(path, target);
        give(path);
        return path;
    }

    /** The whole text or nothing, also when the machine stops halfway. */
    void write(Path path, String text) throws IOException {
        var unfinished = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.writeString(file(unfinished), text);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    }

    Optional<String> read(Path path) throws IOException {
        return Files.exists(path) ? Optional.of(Files.readString(path).strip()) : Optional.empty();
    }

    static void giveTree(Path root, int uid) {
        try (var paths = Files.walk(root)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                give(path, uid);
            }
        } catch (IOException e) {
            throw new PostgresFailure("Cannot give %s to user %d".formatted(root, uid), e);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Path create(Path path, FileAttribute<?> mode) throws IOException {
        try {
            Files.createFile(path, mode);
            give(path);
        } catch (FileAlreadyExistsException e) {
            return path;
        }
        return path;
    }

    private void give(Path path) throws IOException {
        if (owner.isPresent()) {
            give(path, owner.getAsInt());
        }
    }

    private static void give(Path path, int uid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
