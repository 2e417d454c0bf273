package dev.kith.core.packages;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile archive cannot do. */
final class ArchiveTest {

    @TempDir Path folder;

    private Path jar(Zips zip) {
        return zip.to(folder.resolve("some.jar"));
    }

    private static void refused(Path jar, String why) {
        assertThatThrownBy(() -> Archive.read(jar))
                .isInstanceOf(WrongPackage.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_path_that_leads_out_of_the_package_is_refused() {
        for (var name :
                List.of("../a", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "a//b", "./a", "..")) {
            refused(jar(Zips.plugin().with(name, "x")), "not a plain path");
        }
    }

    @Test
    void an_entry_that_is_there_twice_is_refused() throws IOException {
        var jar = jar(Zips.plugin().with("one/A.class", "good").with("two/A.class", "bad"));
        Zips.rename(jar, "two/A.class", "one/A.class");
        refused(jar, "twice");
    }

    @Test
    void a_bomb_is_put_down_before_it_is_unpacked() {
        var large = new byte[(int) PackageLimit.ENTRY_BYTES.max() + 1];
        refused(jar(Zips.plugin().with("large", large)), "entry bytes");
        var many = Zips.plugin();
        var some = new byte[(int) PackageLimit.ENTRY_BYTES.max()];
        for (var i = 0; i < 5; i++) {
            many.with("part" + i, some);
        }
        refused(jar(many), "unpacked bytes");
        var count = Zips.plugin();
        for (var i = 0; i < PackageLimit.ENTRIES.max(); i++) {
            count.with("e" + i, "");
        }
        refused(jar(count), "entries");
    }

    @Test
    void a_manifest_that_names_jars_outside_is_refused() {
        var zip = new Zips().with(Archive.MANIFEST, Zips.MANIFEST + "Class-Path: /tmp/evil.jar\n");
        refused(jar(zip), "Class-Path");
    }

    @Test
    void what_is_no_jar_is_refused() throws IOException {
        refused(Files.writeString(folder.resolve("text.jar"), "hello"), "not a readable jar");
        refused(jar(new Zips().with("a", "b")), "no manifest");
    }
}
