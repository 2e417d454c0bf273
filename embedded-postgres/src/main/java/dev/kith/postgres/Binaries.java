package dev.kith.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** PostgreSQL's programs, unpacked from the class path once per version. */
record Binaries(Path folder, int majorVersion) {

    private static final String PREFIX = "bin-";
    private static final String MARKER = "complete";
    private static final Pattern VERSION = Pattern.compile("PostgreSQL\\) (\\d+)");
    private static final Duration SYNC_LIMIT = Duration.ofMinutes(1);
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);

    static Binaries unpack(Home home, Account account) {
        var archive = Archive.forThisMachine();
        try {
            var folder = home.root().resolve(PREFIX + archive.fingerprint());
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

    private static void unpack(Archive archive, Path folder, Account account) throws IOException {
        var files = new PrivateFiles(account.owner());
        var unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        PrivateFiles.deleteTree(folder);
        PrivateFiles.deleteTree(unfinished);
        files.folder(unfinished);
        archive.unpack(tar -> new Tar(tar, unfinished, files).unpack());
        var version = askVersion(unfinished.resolve("bin/postgres"), account);
        files.write(unfinished.resolve(MARKER), version);
        // Without it a power cut may leave a name without its content.
        Command.find("sync")
                .ifPresent(sync ->
                        Command.run(List.of(sync, "-f", unfinished.toString()), SYNC_LIMIT));
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
}
