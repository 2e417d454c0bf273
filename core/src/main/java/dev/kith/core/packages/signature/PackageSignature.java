package dev.kith.core.packages.signature;

import dev.kith.core.packages.WrongPackage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * {@value #FILE}: one line {@code <key id> <Ed25519 signature in Base64>}.
 *
 * @param keyId which key, see {@link PublicKeyText#id}
 */
record PackageSignature(String keyId, byte[] value) {

    static final String FILE = "META-INF/kith/signature";

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16}) ([A-Za-z0-9+/]{86}==)\n?");

    byte[] text() {
        var line = keyId + " " + Base64.getEncoder().encodeToString(value) + "\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws WrongPackage if it is none
     */
    static PackageSignature read(byte[] text) {
        var parts = TEXT.matcher(new String(text, StandardCharsets.UTF_8));
        if (!parts.matches()) {
            throw new WrongPackage(FILE + " is not a signature");
        }
        return new PackageSignature(parts.group(1), Base64.getDecoder().decode(parts.group(2)));
    }
}
