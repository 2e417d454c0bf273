package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Unpacks a tar archive: folders, files and links, which is all that ours holds. */
final class Tar {

    private static final int BLOCK = 512;
    private static final int COPY_BUFFER = 1 << 16;
    private static final int EXECUTABLE = 0100;

    private final InputStream in;
    private final Path target;
    private final PrivateFiles files;
    private final byte[] buffer = new byte[COPY_BUFFER];
    private @Nullable String longName;

    Tar(InputStream in, Path target, PrivateFiles files) {
        this.in = in;
        this.target = target;
        this.files = files;
    }

    void unpack() throws IOException {
        for (var header = header(); header[0] != 0; header = header()) {
            entry(header);
        }
    }

    private byte[] header() throws IOException {
        var header = in.readNBytes(BLOCK);
        if (header.length < BLOCK) {
            throw new EOFException("The archive is cut short");
        }
        return header;
    }

    private void entry(byte[] header) throws IOException {
        var size = octal(header, 124, 12);
        switch (header[156]) {
            case 'L' -> longName = new String(content(size), UTF_8).replace("\0", "");
            case '5' -> files.folder(place(header));
            case '2' -> link(header);
            case '0', 0 -> file(header, size);
            default -> throw new IOException("Unknown kind of entry: " + text(header, 0, 100));
        }
    }

    private void link(byte[] header) throws IOException {
        var path = place(header);
        var linked = text(header, 157, 100);
        if (!path.resolveSibling(linked).normalize().startsWith(target)) {
            throw new IOException("A link leads outside: " + path);
        }
        files.link(path, Path.of(linked));
    }

    private void file(byte[] header, long size) throws IOException {
        var path = place(header);
        var executable = (octal(header, 100, 8) & EXECUTABLE) != 0;
        var made = executable ? files.program(path) : files.file(path);
        try (var out = Files.newOutputStream(made, WRITE)) {
            for (var left = size; left > 0; ) {
                var read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("The archive ends within " + path);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        in.skipNBytes(padding(size));
    }

    private Path place(byte[] header) throws IOException {
        var prefix = text(header, 345, 155);
        var name = text(header, 0, 100);
        var full = longName != null ? longName : prefix.isEmpty() ? name : prefix + "/" + name;
        longName = null;
        var path = target.resolve(full).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("An entry leads outside: " + full);
        }
        files.folder(path.resolveSibling("").normalize());
        return path;
    }

    private byte[] content(long size) throws IOException {
        var content = in.readNBytes((int) size);
        in.skipNBytes(padding(size));
        return content;
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static long octal(byte[] header, int offset, int length) {
        var digits = text(header, offset, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int offset, int length) {
        var end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, UTF_8);
    }
}
