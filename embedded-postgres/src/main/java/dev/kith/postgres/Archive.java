package dev.kith.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL for this kind of machine, packed, on the class path. */
record Archive(URL url) {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final int PIPE_BYTES = 1 << 16;

    /** What is done with the unpacked stream. */
    interface Reader {
        void read(InputStream tar) throws IOException;
    }

    static Archive forThisMachine() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch");
        var name = "postgres-%s-%s.txz".formatted(packagedOs(os), packagedArch(arch));
        var url = find(name);
        if (url == null) {
            throw new PostgresFailure(
                    ("No PostgreSQL for %s %s comes with this server (%s is missing); name one by"
                                    + " KITH_DATABASE_URL")
                            .formatted(os, arch, name));
        }
        return new Archive(url);
    }

    /** The jar's own checksum of it, so that nothing has to be read. */
    String fingerprint() throws IOException {
        var connection = url.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                return HexFormat.of().toHexDigits((int) file.getEntry(jar.getEntryName()).getCrc());
            }
        }
        try (var in = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().toHexDigits((int) in.getChecksum().getValue());
        }
    }

    /** Unpacks in Java, or by the system's xz, which takes less than half the time. */
    void unpack(Reader reader) throws IOException {
        var xz = Command.find("xz");
        if (xz.isPresent()) {
            unpackWith(xz.get(), reader);
            return;
        }
        unpackInJava(reader);
    }

    void unpackInJava(Reader reader) throws IOException {
        try (var tar = new XZInputStream(new BufferedInputStream(url.openStream()))) {
            readToTheEnd(tar, reader);
        }
    }

    void unpackWith(String xz, Reader reader) throws IOException {
        var process = Command.clean(List.of(xz, "-dc")).redirectError(Redirect.DISCARD).start();
        Thread.ofPlatform()
                .daemon()
                .name("unpack-postgres")
                .start(() -> feed(process.getOutputStream()));
        try (var tar = new BufferedInputStream(process.getInputStream(), PIPE_BYTES)) {
            readToTheEnd(tar, reader);
        }
        var exitCode = process.onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IOException("xz ended with " + exitCode);
        }
    }

    private void feed(OutputStream to) {
        try (to;
                var in = url.openStream()) {
            in.transferTo(to);
        } catch (IOException e) {
            // The reader finds its stream cut short and says so.
            LOG.debug("Cannot read {}", url, e);
        }
    }

    /** At the end stands the checksum of everything. */
    private static void readToTheEnd(InputStream tar, Reader reader) throws IOException {
        reader.read(tar);
        tar.transferTo(OutputStream.nullOutputStream());
    }

    private static @Nullable URL find(String name) {
        return Archive.class.getClassLoader().getResource(name);
    }

    private static String packagedOs(String os) {
        return os.startsWith("mac") ? "darwin" : os;
    }

    private static String packagedArch(String arch) {
        return switch (arch) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> arch;
        };
    }
}
