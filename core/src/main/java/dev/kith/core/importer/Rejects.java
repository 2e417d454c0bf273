package dev.kith.core.importer;

import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.importer.text.Row;
import dev.kith.core.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were left out: a CSV file of line, reason and the row as it stands. It is made when
 * the first one comes. One from an earlier run is replaced when the import begins, and added to when it
 * goes on from a later line.
 */
final class Rejects implements AutoCloseable {

    private final Path path;
    private @Nullable Writer out;

    Rejects(Path path, boolean goesOn) {
        this.path = path;
        try {
            if (!goesOn) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new ImportFailure(path + ": " + Words.of("import.notReplaced"), e);
        }
    }

    Path path() {
        return path;
    }

    synchronized void add(Row row, String reason) {
        try {
            if (out == null) {
                var begins = Files.notExists(path);
                out =
                        Files.newBufferedWriter(
                                path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                out.write(begins ? "line,reason,original\n" : "");
            }
            out.write("%d,%s,%s\n".formatted(row.line(), quoted(reason), quoted(row.original())));
        } catch (IOException e) {
            throw new ImportFailure(path + ": " + Words.of("import.notWritten"), e);
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
