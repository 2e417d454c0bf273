package dev.kith.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jooq.Constants;

/** Says whether anything changed that the generated classes depend on. */
final class Fingerprint {

    /** To be raised with every change of what is generated. */
    private static final int GENERATION = 2;

    private Fingerprint() {}

    static String of(Path folder, Record how) throws IOException {
        var digest = sha256();
        digest.update(
                "%d %s %s".formatted(GENERATION, Constants.FULL_VERSION, how).getBytes(UTF_8));
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(folder.relativize(file).toString().getBytes(UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
