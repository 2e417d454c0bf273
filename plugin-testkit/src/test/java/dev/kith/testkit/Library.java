package dev.kith.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A library of which there are several versions: it knows which one it is by what lies beside it. */
public final class Library {

    private Library() {}

    public static String version() {
        try (var in = Library.class.getResourceAsStream("/library-version")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
