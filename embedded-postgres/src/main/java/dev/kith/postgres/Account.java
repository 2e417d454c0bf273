package dev.kith.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who PostgreSQL runs as. It refuses to run as root, so a server that is root runs it
 *
 * <ol>
 *   <li>as the owner of the folder, when that is somebody else: their files stay theirs;
 *   <li>in a user namespace, where root is nobody: without a single right of root's, but still the
 *       owner of the files, so folders that are closed to others, such as /root, are no obstacle;
 *   <li>as nobody, where namespaces are forbidden, as in most containers.
 * </ol>
 *
 * @param prefix the command line that becomes this account and then the given program
 * @param owner who the files are to belong to, when that is not who we are
 */
record Account(List<String> prefix, OptionalInt owner) {

    private static final Logger LOG = LoggerFactory.getLogger(Account.class);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);
    private static final Path ACCOUNTS = Path.of("/etc/passwd");
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;

    static Account of(Home home) throws IOException {
        if (new UnixSystem().getUid() != ROOT) {
            return new Account(List.of(), OptionalInt.empty());
        }
        var owner = PrivateFiles.ownerOf(home.root());
        if (owner != ROOT) {
            return switchedTo(owner, home);
        }
        var inNamespace = inNamespace(home);
        return inNamespace.isPresent() ? inNamespace.get() : switchedTo(nobody(), home);
    }

    List<String> command(List<String> program) {
        return Command.concat(prefix, program);
    }

    private static Optional<Account> inNamespace(Home home) {
        return Command.find("unshare")
                .map(unshare ->
                        List.of(
                                unshare,
                                "--user",
                                "--map-user=" + nobody(),
                                "--map-group=" + nobody()))
                .map(prefix -> new Account(prefix, OptionalInt.empty()))
                .filter(account -> account.canUse(home.root()));
    }

    static Account switchedTo(int uid, Home home) throws IOException {
        var setpriv =
                Command.find("setpriv")
                        .orElseThrow(() ->
                                new PostgresFailure(
                                        "PostgreSQL does not run as root and the program"
                                                + " setpriv (util-linux) is missing;"
                                                + " run the server as a normal user"));
        var prefix = List.of(setpriv, "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        var account = new Account(prefix, OptionalInt.of(uid));
        if (PrivateFiles.ownerOf(home.root()) != uid) {
            PrivateFiles.giveTree(home.root(), uid);
        }
        letPass(home.outside());
        if (!account.canUse(home.root())) {
            throw new PostgresFailure(
                    ("PostgreSQL does not run as root, and user %d cannot reach %s; choose a data"
                                    + " folder whose parents are open to all, or run as that user")
                            .formatted(uid, home.root()));
        }
        LOG.info("PostgreSQL runs as user {}", uid);
        return account;
    }

    private boolean canUse(Path folder) {
        var probe = List.of("/bin/sh", "-c", "cd \"$1\" && test -w .", "sh", folder.toString());
        return Command.run(command(probe), PROBE_LIMIT).succeeded();
    }

    /** Through, not into: the folder above is ours as a rule and closed to everybody else. */
    private static void letPass(Path folder) throws IOException {
        if (PrivateFiles.ownerOf(folder) == ROOT) {
            var permissions = Files.getPosixFilePermissions(folder);
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, permissions);
            }
        }
    }

    /** Its number; initdb wants one that has a name here. */
    private static int nobody() {
        try (var lines = Files.lines(ACCOUNTS)) {
            return lines.filter(line -> line.startsWith("nobody:"))
                    .map(line -> Integer.valueOf(line.split(":", -1)[2]))
                    .findFirst()
                    .orElse(NOBODY);
        } catch (IOException e) {
            return NOBODY;
        }
    }
}
