package dev.kith.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path once per version. */
record Binaries(Path folder, int majorVersion) {

    private static final String PREFIX = "bin-";
    private static final String MARKER = "complete";
    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");
    private static final Duration SYNC_LIMIT = Duration.ofMinutes(1);
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);

    static Binaries unpack(Home home, Account account) {
        var archive = archive();
        try {
            var folder = home.root().resolve(PREFIX + fingerprint(archive));
            var marker = folder.resolve(MARKER);
            if (!Files.exists(marker)) {
                unpack(archive, folder, account);
            }
            return new Binaries(folder, Integer.parseInt(Files.readString(marker).strip()));
        } catch (IOException e) {
            throw new PostgresFailure(
                    "Cannot unpack PostgreSQL into %s: %s".formatted(home.root(), e), e);
        }
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Those of earlier versions; call it when nothing runs from them any more. */
    void deleteOthers() {
        try (var siblings = Files.newDirectoryStream(folder.getParent(), PREFIX + "*")) {
            for (var sibling : siblings) {
                if (!sibling.equals(folder)) {
                    PrivateFiles.deleteTree(sibling);
                }
            }
        } catch (IOException e) {
            throw new PostgresFailure("Cannot delete old programs in " + folder.getParent(), e);
        }
    }

    private static void unpack(URL archive, Path folder, Account account) throws IOException {
        var files = new PrivateFiles(account.owner());
        var unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        PrivateFiles.deleteTree(folder);
        PrivateFiles.deleteTree(unfinished);
        files.folder(unfinished);
        try (var in = new XZInputStream(new BufferedInputStream(archive.openStream()))) {
            new Tar(in, unfinished, files).unpack();
        }
        var version = askVersion(unfinished.resolve("bin/postgres"), account);
        files.write(unfinished.resolve(MARKER), version);
        // Without it a power cut may leave a name without its content.
        Command.find("sync")
                .ifPresent(
                        sync ->
                                Command.run(
                                        List.of(sync, "-f", unfinished.toString()), SYNC_LIMIT));
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String askVersion(Path postgres, Account account) {
        var asked =
                Command.run(
                        account.command(List.of(postgres.toString(), "--version")), VERSION_LIMIT);
        var version = VERSION.matcher(asked.output());
        if (!asked.succeeded() || !version.find()) {
            throw new PostgresFailure(
                    "PostgreSQL's program does not run on this machine: " + asked.output());
        }
        return version.group(1);
    }

    private static URL archive() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch");
        var name =
                "postgres-%s-%s.txz"
                        .formatted(
                                os.startsWith("mac") ? "darwin" : os,
                                arch.equals("amd64")
                                        ? "x86_64"
                                        : arch.equals("aarch64") ? "arm_64" : arch);
        var found = find(name);
        if (found == null) {
            throw new PostgresFailure(
                    ("No PostgreSQL for %s %s comes with this server (%s is missing); name one by"
                                    + " KITH_DATABASE_URL")
                            .formatted(os, arch, name));
        }
        return found;
    }

    private static @Nullable URL find(String name) {
        return Binaries.class.getClassLoader().getResource(name);
    }

    /** The jar's own checksum of the archive, so that nothing has to be read. */
    private static String fingerprint(URL archive) throws IOException {
        var connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                return HexFormat.of().toHexDigits((int) file.getEntry(jar.getEntryName()).getCrc());
            }
        }
        try (var in = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
            in.skipNBytes(connection.getContentLengthLong());
            return HexFormat.of().toHexDigits((int) in.getChecksum().getValue());
        }
    }
}
