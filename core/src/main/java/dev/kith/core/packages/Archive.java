package dev.kith.core.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A package's entries with their digests, read once from beginning to end. It is read with {@link
 * ZipFile}, as a class loader reads it, so that what was checked is what is loaded.
 */
public final class Archive {

    static final String MANIFEST = "META-INF/MANIFEST.MF";

    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final NavigableMap<String, String> digests = new TreeMap<>();

    private Archive(Path file) {
        this.file = file;
    }

    /**
     * @throws WrongPackage if it is no archive, holds more than {@link PackageLimit} allows or plays
     *     tricks with paths
     */
    public static Archive read(Path file) {
        var archive = new Archive(file);
        try {
            if (Files.size(file) > PackageLimit.PACKAGE_BYTES.max()) {
                throw PackageLimit.PACKAGE_BYTES.exceeded("the package");
            }
            try (var zip = new ZipFile(file.toFile())) {
                archive.readAll(zip);
            }
        } catch (ZipException e) {
            throw new WrongPackage("it is not a readable jar: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new WrongPackage("it cannot be read: " + e.getMessage(), e);
        }
        archive.checkManifest();
        return archive;
    }

    private void readAll(ZipFile zip) throws IOException {
        if (zip.size() > PackageLimit.ENTRIES.max()) {
            throw PackageLimit.ENTRIES.exceeded("the package");
        }
        var unpacked = 0L;
        for (var entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            var name = entry.getName();
            checkName(name);
            var digest = Sha256.digest();
            var bytes = 0L;
            try (var in = zip.getInputStream(entry)) {
                bytes = pass(in, digest, name, PackageLimit.UNPACKED_BYTES.max() - unpacked);
            }
            unpacked += bytes;
            if (entry.isDirectory()) {
                if (bytes > 0) {
                    throw new WrongPackage("\"%s\" is a folder with content".formatted(name));
                }
            } else if (digests.put(name, HexFormat.of().formatHex(digest.digest())) != null) {
                throw new WrongPackage("\"%s\" is there twice".formatted(name));
            }
        }
    }

    // What an entry says of its size is not believed: what comes out is counted.
    private static long pass(
            InputStream in, java.security.MessageDigest digest, String name, long left)
            throws IOException {
        var piece = new byte[PIECE];
        var total = 0L;
        for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
            total += read;
            if (total > PackageLimit.ENTRY_BYTES.max()) {
                throw PackageLimit.ENTRY_BYTES.exceeded("\"%s\"".formatted(name));
            }
            if (total > left) {
                throw PackageLimit.UNPACKED_BYTES.exceeded("the package");
            }
            digest.update(piece, 0, read);
        }
        return total;
    }

    private static void checkName(String name) {
        if (name.length() > PackageLimit.NAME_CHARACTERS.max()) {
            throw PackageLimit.NAME_CHARACTERS.exceeded("the name of an entry");
        }
        var strange = name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':' || c == 127);
        var steps = Arrays.asList(name.replaceFirst("/$", "").split("/", -1));
        if (strange || steps.contains("") || steps.contains(".") || steps.contains("..")) {
            throw new WrongPackage(
                    "\"%s\" is not a plain path inside the package"
                            .formatted(name.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    // A class loader follows Class-Path to jars outside, which nobody has signed.
    private void checkManifest() {
        var manifest = bytes(MANIFEST).orElseThrow(() -> new WrongPackage("it has no manifest"));
        try {
            var read = new Manifest(new java.io.ByteArrayInputStream(manifest));
            if (read.getMainAttributes().getValue(Attributes.Name.CLASS_PATH) != null) {
                throw new WrongPackage(
                        "its manifest has a Class-Path; libraries go into the package's lib/");
            }
        } catch (IOException e) {
            throw new WrongPackage("its manifest cannot be read: " + e.getMessage(), e);
        }
    }

    public Path file() {
        return file;
    }

    /** SHA-256 of every file in it, by path. */
    public NavigableMap<String, String> digests() {
        return digests;
    }

    /** One of the texts about the package. */
    public Optional<byte[]> bytes(String name) {
        if (!digests.containsKey(name)) {
            return Optional.empty();
        }
        try (var zip = new ZipFile(file.toFile());
                var in = zip.getInputStream(zip.getEntry(name))) {
            var bytes = in.readNBytes((int) PackageLimit.TEXT_BYTES.max() + 1);
            if (bytes.length > PackageLimit.TEXT_BYTES.max()) {
                throw PackageLimit.TEXT_BYTES.exceeded("\"%s\"".formatted(name));
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new WrongPackage("\"%s\" cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** The texts directly below a folder, by name. */
    public NavigableMap<String, byte[]> below(String folder) {
        var texts = new TreeMap<String, byte[]>();
        var prefix = folder + "/";
        for (var name : digests.tailMap(prefix).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            if (name.indexOf('/', prefix.length()) < 0) {
                bytes(name).ifPresent(text -> texts.put(name.substring(prefix.length()), text));
            }
        }
        return texts;
    }
}
