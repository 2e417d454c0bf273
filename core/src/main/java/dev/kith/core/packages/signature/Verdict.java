package dev.kith.core.packages.signature;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * What became of checking a package's signature.
 *
 * @param keyId the key it names
 * @param reason in words; empty if it is trusted
 */
public record Verdict(Kind kind, @Nullable String keyId, String reason) {

    /** From good to bad. */
    public enum Kind {
        TRUSTED,
        UNSIGNED,
        /** Signed, by a key that the settings do not name. */
        UNKNOWN_KEY,
        /** The signature does not fit, or not to all of the package. */
        BROKEN,
        REVOKED_KEY,
        REVOKED_PACKAGE
    }

    static Verdict verify(PublicKey key, String id, byte[] list, byte[] value) {
        try {
            var signature = Signature.getInstance(PublicKeyText.ALGORITHM);
            signature.initVerify(key);
            signature.update(list);
            return signature.verify(value)
                    ? new Verdict(Kind.TRUSTED, id, "")
                    : new Verdict(Kind.BROKEN, id, "the signature is not of key " + id);
        } catch (GeneralSecurityException e) {
            return new Verdict(Kind.BROKEN, id, "the signature cannot be read");
        }
    }
}
