package dev.kith.core.importer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were left out: a CSV file of line, reason and the row as it stands. It is made when
 * the first one comes; one from an earlier run is replaced when the import begins.
 */
final class Rejects implements AutoCloseable {

    private final Path path;
    private @Nullable Writer out;

    Rejects(Path path) {
        this.path = path;
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new ImportFailure(path + ": cannot be replaced", e);
        }
    }

    Path path() {
        return path;
    }

    synchronized void add(Row row, String reason) {
        try {
            if (out == null) {
                out = Files.newBufferedWriter(path);
                out.write("line,reason,original\n");
            }
            out.write("%d,%s,%s\n".formatted(row.line(), quoted(reason), quoted(row.original())));
        } catch (IOException e) {
            throw new ImportFailure(path + ": cannot be written", e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public synchronized void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
