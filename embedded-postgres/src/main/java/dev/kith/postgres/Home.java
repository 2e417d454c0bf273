package dev.kith.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where everything lives; the root is absolute and without links. */
record Home(Path root) {

    static final String LOG_PREFIX = "postgresql-";

    /** Makes the folder and the lock file, private and owned like the folder above. */
    static Home open(Path folder) throws IOException {
        var outside = new PrivateFiles(OptionalInt.empty()).folder(folder.toAbsolutePath());
        var files = PrivateFiles.ownedLike(outside);
        var home = new Home(files.folder(outside.toRealPath().resolve("postgres")).toRealPath());
        files.close(home.root());
        files.file(home.lock());
        return home;
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path password() {
        return root.resolve("password");
    }

    Path port() {
        return root.resolve("port");
    }

    Path data() {
        return root.resolve("data");
    }

    /** Becomes {@link #data} by renaming when it is complete and on the disk. */
    Path unfinishedData() {
        return root.resolve("data.new");
    }

    Path logs() {
        return root.resolve("log");
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
        crc.update(root.toString().getBytes(UTF_8));
        return "kith-" + HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
