package dev.kith.core.loading;

import dev.kith.core.packages.Archive;
import dev.kith.core.packages.Sha256;
import dev.kith.core.packages.WrongPackage;
import dev.kith.core.packages.signature.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a plugin's file may be loaded: asked at every start, because keys get revoked. */
public record Vouching(Trust trust, Path packages) {

    /**
     * @throws StartFailure if it may not
     */
    public void check(Path source) {
        var origin = Origin.of(source, packages);
        switch (origin.kind()) {
            case DEVELOPMENT -> {}
            case DISTRIBUTION -> checkRevoked(source);
            case INSTALLED -> checkInstalled(source);
        }
    }

    private void checkRevoked(Path source) {
        if (!trust.revokedPackages().isEmpty()
                && trust.revokedPackages().contains(sha256(source))) {
            throw new StartFailure("this package is revoked");
        }
    }

    private void checkInstalled(Path source) {
        try {
            var verdict = trust.judge(Archive.read(source), sha256(source));
            if (!trust.admits(verdict)) {
                throw new StartFailure(verdict.reason());
            }
        } catch (WrongPackage e) {
            throw new StartFailure(e.reason(), e);
        }
        if (Described.find(source).isEmpty()) {
            throw new StartFailure("it does not describe itself");
        }
    }

    private static String sha256(Path source) {
        try {
            return Sha256.hex(Files.readAllBytes(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
