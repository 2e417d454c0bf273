package dev.kith.core.loading;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a plugin comes from, and so who vouches for it.
 *
 * @param sha256 of an installed package
 */
public record Origin(Kind kind, @Nullable String sha256) {

    /** Who put it there. */
    public enum Kind {
        /** A jar in the server's own folder: whoever could write there could replace the server. */
        DISTRIBUTION,
        /** A package that was uploaded and accepted. */
        INSTALLED,
        /** A folder of classes, as a build leaves them. */
        DEVELOPMENT
    }

    /**
     * @param packages the folder in which installed packages lie
     */
    public static Origin of(Path source, Path packages) {
        if (Files.isDirectory(source)) {
            return new Origin(Kind.DEVELOPMENT, null);
        }
        var name = String.valueOf(source.getFileName());
        return packages.equals(source.getParent())
                ? new Origin(Kind.INSTALLED, name.substring(0, name.length() - ".jar".length()))
                : new Origin(Kind.DISTRIBUTION, null);
    }
}
