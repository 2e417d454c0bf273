package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One server per folder. The operating system lets go of the lock however the server ends. */
final class FolderLock implements AutoCloseable {

    // POSIX locks belong to the process and closing *any* channel of the file lets go of them, so
    // a second attempt within this process must be refused before it opens the file.
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static FolderLock take(Path file) {
        var self = ProcessHandle.current().pid();
        if (!HELD_BY_THIS_PROCESS.add(file)) {
            throw refused(file, Long.toString(self));
        }
        try {
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw refused(file, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((self + "\n").getBytes(UTF_8)));
            return new FolderLock(file, channel);
        } catch (IOException e) {
            HELD_BY_THIS_PROCESS.remove(file);
            throw new PostgresFailure("Cannot lock %s: %s".formatted(file, e.getMessage()), e);
        } catch (PostgresFailure e) {
            HELD_BY_THIS_PROCESS.remove(file);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new PostgresFailure("Cannot unlock %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            HELD_BY_THIS_PROCESS.remove(file);
        }
    }

    private static PostgresFailure refused(Path file, String owner) {
        return new PostgresFailure(
                "Another server (process %s) uses %s; stop it, or choose another data folder"
                        .formatted(owner.isEmpty() ? "unknown" : owner, file.getParent()));
    }
}
