package dev.kith.core.packages;

import static dev.kith.core.db.Tables.PLUGIN_INSTALLED;
import static dev.kith.core.db.Tables.PLUGIN_PACKAGE;
import static dev.kith.core.db.Tables.PLUGIN_PACKAGE_CHUNK;
import static dev.kith.core.db.Tables.PLUGIN_REMOVED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Packages in the database, in pieces, and unpacked from there into the node's data folder. */
public final class PackageStore {

    /** How long a package waits for somebody to install it. */
    public static final Duration WAITS_FOR = Duration.ofDays(7);

    private static final int PIECE_BYTES = 512 * 1024;

    private final CoreSql sql;
    private final Path folder;

    /**
     * @param folder where packages lie on this node; what is in it can be had again
     */
    public PackageStore(CoreSql sql, Path folder) {
        this.sql = sql;
        this.folder = folder;
    }

    /**
     * Keeps a package in the caller's transaction.
     *
     * @return false if it is there already; it stays as it is
     */
    public boolean put(DSLContext on, StoredPackage about, byte[] jar) {
        var isNew =
                on.insertInto(PLUGIN_PACKAGE)
                        .set(PLUGIN_PACKAGE.SHA256, about.sha256())
                        .set(PLUGIN_PACKAGE.PLUGIN, about.plugin())
                        .set(PLUGIN_PACKAGE.VERSION, about.version())
                        .set(PLUGIN_PACKAGE.BYTES, about.bytes())
                        .set(PLUGIN_PACKAGE.UPLOADED_BY, about.uploadedBy())
                        .set(PLUGIN_PACKAGE.UPLOADED_AT, about.uploadedAt())
                        .onConflictDoNothing()
                        .execute();
        if (isNew > 0) {
            pieces(on, about.sha256(), jar);
        }
        return isNew > 0;
    }

    /** How many packages nothing refers to. */
    public static int waiting(DSLContext on) {
        return on.fetchCount(PLUGIN_PACKAGE, unused());
    }

    private static void pieces(DSLContext on, String sha256, byte[] jar) {
        for (var number = 0; number * PIECE_BYTES < jar.length; number++) {
            var from = number * PIECE_BYTES;
            var to = Math.min(jar.length, from + PIECE_BYTES);
            on.insertInto(PLUGIN_PACKAGE_CHUNK)
                    .set(PLUGIN_PACKAGE_CHUNK.SHA256, sha256)
                    .set(PLUGIN_PACKAGE_CHUNK.NUMBER, number)
                    .set(PLUGIN_PACKAGE_CHUNK.PIECE, Arrays.copyOfRange(jar, from, to))
                    .execute();
        }
    }

    public Optional<StoredPackage> find(String sha256) {
        return sql.read(on -> find(on, sha256));
    }

    private static Optional<StoredPackage> find(DSLContext on, String sha256) {
        return on.selectFrom(PLUGIN_PACKAGE)
                .where(PLUGIN_PACKAGE.SHA256.eq(sha256))
                .fetchOptional(PackageStore::stored);
    }

    /** Ascending by SHA-256. */
    public List<StoredPackage> list(DSLContext on, String after, int limit) {
        return on.selectFrom(PLUGIN_PACKAGE)
                .where(PLUGIN_PACKAGE.SHA256.gt(after))
                .orderBy(PLUGIN_PACKAGE.SHA256)
                .limit(limit)
                .fetch(PackageStore::stored);
    }

    private static StoredPackage stored(Record row) {
        return new StoredPackage(
                row.get(PLUGIN_PACKAGE.SHA256),
                row.get(PLUGIN_PACKAGE.PLUGIN),
                row.get(PLUGIN_PACKAGE.VERSION),
                row.get(PLUGIN_PACKAGE.BYTES),
                row.get(PLUGIN_PACKAGE.UPLOADED_BY),
                row.get(PLUGIN_PACKAGE.UPLOADED_AT));
    }

    /**
     * Forgets a package that nothing refers to.
     *
     * @return false if it is installed, or kept for a plugin that was removed
     */
    public boolean forget(String sha256) {
        var gone = PLUGIN_PACKAGE.SHA256.eq(sha256).and(unused());
        return sql.write(on -> on.deleteFrom(PLUGIN_PACKAGE).where(gone).execute()) > 0;
    }

    /** Forgets what nobody wanted to install. */
    public int forgetOld(Instant now) {
        var old = PLUGIN_PACKAGE.UPLOADED_AT.lt(now.minus(WAITS_FOR)).and(unused());
        return sql.write(on -> on.deleteFrom(PLUGIN_PACKAGE).where(old).execute());
    }

    private static Condition unused() {
        return DSL.notExists(
                        DSL.selectOne()
                                .from(PLUGIN_INSTALLED)
                                .where(PLUGIN_INSTALLED.SHA256.eq(PLUGIN_PACKAGE.SHA256)))
                .and(
                        DSL.notExists(
                                DSL.selectOne()
                                        .from(PLUGIN_REMOVED)
                                        .where(PLUGIN_REMOVED.SHA256.eq(PLUGIN_PACKAGE.SHA256))));
    }

    /**
     * The package as a file of this node, whose content is what the name says.
     *
     * @throws WrongPackage if it is not in the database, or damaged there
     */
    public Path unpack(String sha256) {
        var file = folder.resolve(sha256 + ".jar");
        try {
            if (Files.exists(file) && Sha256.hex(Files.readAllBytes(file)).equals(sha256)) {
                return file;
            }
            Files.createDirectories(folder);
            var beside = Files.createTempFile(folder, "unpacking", ".part");
            try {
                write(sha256, beside);
                return Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String sha256, Path file) throws IOException {
        var digest = Sha256.digest();
        try (var out = Files.newOutputStream(file)) {
            for (var piece : pieces(sha256)) {
                digest.update(piece);
                out.write(piece);
            }
        }
        if (!java.util.HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw new WrongPackage("package %s is not in the database as it was".formatted(sha256));
        }
    }

    private List<byte[]> pieces(String sha256) {
        return sql.read(on ->
                on.select(PLUGIN_PACKAGE_CHUNK.PIECE)
                        .from(PLUGIN_PACKAGE_CHUNK)
                        .where(PLUGIN_PACKAGE_CHUNK.SHA256.eq(sha256))
                        .orderBy(PLUGIN_PACKAGE_CHUNK.NUMBER)
                        .fetch(PLUGIN_PACKAGE_CHUNK.PIECE));
    }
}
