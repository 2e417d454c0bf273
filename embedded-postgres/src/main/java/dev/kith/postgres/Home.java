package dev.kith.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * Where everything lives.
 *
 * @param outside the folder that we share with others; absolute and without links
 */
record Home(Path outside) {

    static final String UNFINISHED_DATA = "data.new-";
    static final String LOG_PREFIX = "postgresql-";

    /** Makes the folder and the lock file, private and owned like the folder above. */
    static Home open(Path folder) throws IOException {
        var made = new PrivateFiles(OptionalInt.empty()).folder(folder.toAbsolutePath());
        var home = new Home(made.toRealPath());
        var files = PrivateFiles.ownedLike(home.outside());
        files.close(files.folder(home.root()));
        files.file(home.lock());
        return home;
    }

    Path root() {
        return outside.resolve("postgres");
    }

    Path lock() {
        return root().resolve("lock");
    }

    Path password() {
        return root().resolve("password");
    }

    Path port() {
        return root().resolve("port");
    }

    Path data() {
        return root().resolve("data");
    }

    /**
     * Becomes {@link #data} by renaming when it is complete and on the disk. Each process has its
     * own, because an initdb may outlive the server that started it.
     */
    Path unfinishedData() {
        return root().resolve(UNFINISHED_DATA + ProcessHandle.current().pid());
    }

    Path logs() {
        return root().resolve("log");
    }

    /** What PostgreSQL says before its own log is open. */
    Path startLog() {
        return logs().resolve("start.log");
    }

    Path postmasterPid() {
        return data().resolve("postmaster.pid");
    }

    /** Stands in the title of each of the server's processes, so they can be told from others. */
    String clusterName() {
        var crc = new CRC32();
        crc.update(root().toString().getBytes(UTF_8));
        return "kith-" + HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
