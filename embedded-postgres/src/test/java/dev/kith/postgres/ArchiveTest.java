package dev.kith.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final PrivateFiles FILES = new PrivateFiles(OptionalInt.empty());
    private static final int TEXT_LENGTH = 100_000;

    @TempDir Path folder;
    private Path from;
    private Path to;

    @BeforeEach
    void folders() throws IOException {
        from = Files.createDirectories(folder.resolve("from/deep/down")).resolve("../..");
        to = Files.createDirectory(folder.resolve("to"));
    }

    @Test
    void java_unpacks_files_programs_and_links() throws IOException {
        fill();
        packed("x.txz").unpackInJava(tar -> new Tar(tar, to, FILES).unpack());
        checkFilled();
    }

    @Test
    void xz_unpacks_the_same() throws IOException {
        fill();
        packed("x.txz").unpackWith("xz", tar -> new Tar(tar, to, FILES).unpack());
        checkFilled();
    }

    @Test
    void an_archive_that_is_cut_short_is_refused() throws IOException {
        fill();
        var archive = packed("x.txz");
        var file = folder.resolve("x.txz");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 20);
        }

        assertThatThrownBy(() -> archive.unpackInJava(tar -> new Tar(tar, to, FILES).unpack()))
                .isInstanceOf(IOException.class);
        var again = Files.createDirectory(folder.resolve("again"));
        assertThatThrownBy(
                        () -> archive.unpackWith("xz", tar -> new Tar(tar, again, FILES).unpack()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_archive_cannot_write_outside_its_folder() throws IOException {
        Files.writeString(folder.resolve("outside"), "");
        var archive = packed("evil.txz", "--absolute-names", "../outside");

        assertThatThrownBy(() -> archive.unpackInJava(tar -> new Tar(tar, to, FILES).unpack()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads outside");
    }

    @Test
    void an_archive_cannot_link_outside_its_folder() throws IOException {
        Files.createSymbolicLink(from.resolve("link"), Path.of("../../outside"));
        var archive = packed("evil.txz", "link");

        assertThatThrownBy(() -> archive.unpackInJava(tar -> new Tar(tar, to, FILES).unpack()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("leads outside");
    }

    private void fill() throws IOException {
        Files.writeString(from.resolve("deep/down/text"), "word ".repeat(TEXT_LENGTH));
        var longName = Files.createDirectory(from.resolve("n".repeat(120)));
        Files.createFile(longName.resolve("o".repeat(120)));
        Files.createFile(from.resolve("deep/program")).toFile().setExecutable(true);
        Files.createSymbolicLink(from.resolve("deep/link"), Path.of("down/text"));
    }

    private void checkFilled() {
        assertThat(to.resolve("deep/down/text")).content().hasSize(TEXT_LENGTH * 5);
        assertThat(to.resolve("n".repeat(120)).resolve("o".repeat(120))).isEmptyFile();
        assertThat(to.resolve("deep/program")).isExecutable();
        assertThat(to.resolve("deep/down/text").toFile().canExecute()).isFalse();
        assertThat(to.resolve("deep/link")).isSymbolicLink().content().startsWith("word");
    }

    private Archive packed(String name, String... arguments) throws IOException {
        var file = folder.resolve(name);
        var what = arguments.length == 0 ? List.of("deep", "n".repeat(120)) : List.of(arguments);
        var made =
                Command.run(
                        Command.concat(
                                List.of("tar", "-cJf", file.toString(), "-C", from.toString()),
                                what),
                        LIMIT);
        assertThat(made.succeeded()).as(made.output()).isTrue();
        return new Archive(file.toUri().toURL());
    }
}
