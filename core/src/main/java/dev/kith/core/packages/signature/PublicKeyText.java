package dev.kith.core.packages.signature;

import dev.kith.core.packages.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** An Ed25519 public key as settings hold it: X.509 in Base64, one line. */
public final class PublicKeyText {

    static final String ALGORITHM = "Ed25519";
    private static final int ID_CHARACTERS = 16;

    private PublicKeyText() {}

    public static String of(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** What the key is called: the first 16 characters of its SHA-256. */
    public static String id(PublicKey key) {
        return Sha256.hex(key.getEncoded()).substring(0, ID_CHARACTERS);
    }

    /**
     * @throws IllegalArgumentException if it is none
     */
    public static PublicKey read(String text) {
        try {
            var encoded = Base64.getDecoder().decode(text);
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "must be an Ed25519 public key as `kith plugin keygen` prints it", e);
        }
    }
}
