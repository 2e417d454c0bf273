package dev.kith.core.cli.tell;

import dev.kith.core.words.Words;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what is wrong with a file; Java's own message is often only its name. */
public final class FileTrouble {

    private FileTrouble() {}

    public static String line(FileSystemException e) {
        return e.getFile() + ": " + reason(e);
    }

    public static String reason(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException missing -> Words.of("file.missing");
            case AccessDeniedException denied -> Words.of("file.denied");
            case FileAlreadyExistsException there -> Words.of("file.there");
            default -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        };
    }
}
