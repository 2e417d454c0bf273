package dev.kith.core.packages.signature;

import dev.kith.core.packages.Archive;
import dev.kith.core.packages.WrongPackage;
import java.security.PublicKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose packages an operator lets in.
 *
 * @param keys by their id
 * @param revokedKeys ids of keys that are not to be trusted any more
 * @param revokedPackages SHA-256 of packages that are not to run
 * @param unsigned whether packages without a signature of a trusted key may be installed
 */
public record Trust(
        Map<String, PublicKey> keys,
        Set<String> revokedKeys,
        Set<String> revokedPackages,
        boolean unsigned) {

    public static final Trust NOBODY = new Trust(Map.of(), Set.of(), Set.of(), false);

    public Trust {
        keys = Map.copyOf(keys);
        revokedKeys = Set.copyOf(revokedKeys);
        revokedPackages = Set.copyOf(revokedPackages);
    }

    /**
     * @param keys as {@link PublicKeyText} writes them
     */
    public static Trust of(
            Collection<String> keys,
            Collection<String> revokedKeys,
            Collection<String> revokedPackages,
            boolean unsigned) {
        var byId = new HashMap<String, PublicKey>();
        for (var text : keys) {
            var key = PublicKeyText.read(text);
            byId.put(PublicKeyText.id(key), key);
        }
        return new Trust(byId, Set.copyOf(revokedKeys), Set.copyOf(revokedPackages), unsigned);
    }

    /** What to think of a package. Reads it as a whole once more and loads nothing. */
    public Verdict judge(Archive archive, String sha256) {
        if (revokedPackages.contains(sha256)) {
            return new Verdict(Verdict.Kind.REVOKED_PACKAGE, null, "this package is revoked");
        }
        var signature = archive.bytes(PackageSignature.FILE);
        var list = archive.bytes(EntryList.FILE);
        if (signature.isEmpty() || list.isEmpty()) {
            return new Verdict(Verdict.Kind.UNSIGNED, null, "it has no signature");
        }
        try {
            return judge(archive, PackageSignature.read(signature.get()), list.get());
        } catch (WrongPackage e) {
            return new Verdict(Verdict.Kind.BROKEN, null, e.reason());
        }
    }

    private Verdict judge(Archive archive, PackageSignature signature, byte[] list) {
        var id = signature.keyId();
        var differences = EntryList.differences(list, archive);
        if (!differences.isEmpty()) {
            var what = String.join(", ", differences);
            return new Verdict(Verdict.Kind.BROKEN, id, "it is not what was signed: " + what);
        }
        if (revokedKeys.contains(id)) {
            return new Verdict(Verdict.Kind.REVOKED_KEY, id, "its key " + id + " is revoked");
        }
        var key = keys.get(id);
        if (key == null) {
            return new Verdict(Verdict.Kind.UNKNOWN_KEY, id, "its key " + id + " is not trusted");
        }
        return Verdict.verify(key, id, list, signature.value());
    }

    /** Whether a package with this verdict may be installed and run. */
    public boolean admits(Verdict verdict) {
        return switch (verdict.kind()) {
            case TRUSTED -> true;
            case UNSIGNED, UNKNOWN_KEY -> unsigned;
            case BROKEN, REVOKED_KEY, REVOKED_PACKAGE -> false;
        };
    }
}
