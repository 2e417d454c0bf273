package dev.kith.core.packages.signature;

import dev.kith.core.packages.WrongPackage;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The key an author signs with: a file that holds both halves in PEM, readable by its owner only.
 *
 * @param publicKey the half that operators trust
 */
public record SigningKey(PrivateKey privateKey, PublicKey publicKey) {

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s+"
                            + "-----BEGIN PUBLIC KEY-----\\s+([A-Za-z0-9+/=\\s]+)"
                            + "-----END PUBLIC KEY-----\\s*");

    /** A new one. */
    public static SigningKey generate() {
        try {
            var pair = KeyPairGenerator.getInstance(PublicKeyText.ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * @throws java.nio.file.FileAlreadyExistsException rather than write over a key
     */
    public void write(Path file) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = Files.newByteChannel(file, options, ownerOnly)) {
            out.write(java.nio.ByteBuffer.wrap(pem().getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private String pem() {
        return pem("PRIVATE", privateKey.getEncoded()) + pem("PUBLIC", publicKey.getEncoded());
    }

    private static String pem(String which, byte[] encoded) {
        return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n"
                .formatted(which, Base64.getEncoder().encodeToString(encoded), which);
    }

    /**
     * @throws WrongPackage if the file holds no key
     */
    public static SigningKey read(Path file) throws IOException {
        var halves = PEM.matcher(text(file));
        if (!halves.matches()) {
            throw new WrongPackage(file + " is not a key that `kith plugin keygen` made");
        }
        try {
            var keys = KeyFactory.getInstance(PublicKeyText.ALGORITHM);
            return new SigningKey(
                    keys.generatePrivate(new PKCS8EncodedKeySpec(decoded(halves.group(1)))),
                    keys.generatePublic(new X509EncodedKeySpec(decoded(halves.group(2)))));
        } catch (GeneralSecurityException e) {
            throw new WrongPackage(file + " is not an Ed25519 key", e);
        }
    }

    // What is no text at all is no key, like any other text.
    private static String text(Path file) throws IOException {
        try {
            return Files.isDirectory(file) ? "" : Files.readString(file, StandardCharsets.US_ASCII);
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    public String id() {
        return PublicKeyText.id(publicKey);
    }

    PackageSignature sign(byte[] entries) {
        try {
            var signature = Signature.getInstance(PublicKeyText.ALGORITHM);
            signature.initSign(privateKey);
            signature.update(entries);
            return new PackageSignature(id(), signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
