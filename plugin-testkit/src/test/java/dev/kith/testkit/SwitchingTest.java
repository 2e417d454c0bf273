package dev.kith.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.plugins.running.PluginState;
import dev.kith.core.server.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Plugins as jars with libraries of their own, switched on and off over HTTP while the server runs.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class SwitchingTest {

    private static final Path FOLDER = Scratch.folder();

    @RegisterExtension
    static final TestCrm crm = TestCrm.withPlugins(plugin("left", "one"), plugin("right", "two"));

    /** A jar whose {@code lib/} holds the library in the version that says {@code word}. */
    private static Path plugin(String id, String word) {
        var work = FOLDER.resolve(id + "-work");
        var library =
                compiled(
                        work.resolve("library"),
                        "lib.Word",
                        "package lib; public class Word { public static String say()"
                                + " { return \"%s\"; } }".formatted(word));
        var classes = Samples.write(work, id, Samples.Quiet.class, "Plugin-Class", "own.Speaker");
        compiled(classes, "own.Speaker", SPEAKER, library);
        var libraries = directory(classes.resolve("lib"));
        Jars.of(library, libraries.resolve("word.jar"));
        return Jars.of(classes, FOLDER.resolve(id + ".jar"));
    }

    private static final String SPEAKER =
            """
            package own;
            public final class Speaker implements dev.kith.api.CrmPlugin {
                public record Said(String word) {}
                @Override public void register(dev.kith.api.Crm crm) {
                    crm.publicGet("/words", Said.class, (read, request) -> new Said(lib.Word.say()));
                }
            }
            """;

    private static Path compiled(Path out, String name, String source, Path... more) {
        try {
            var file = out.resolve(name.substring(name.lastIndexOf('.') + 1) + ".java");
            Files.createDirectories(out);
            Files.writeString(file, source);
            var path = System.getProperty("java.class.path");
            for (var each : more) {
                path += java.io.File.pathSeparator + each;
            }
            var options = List.of("-d", out.toString(), "-cp", path, "-proc:none", file.toString());
            var result =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, options.toArray(String[]::new));
            assertThat(result).isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(String plugin) {
        return crm.anonymous().get("/public/%s/words".formatted(plugin)).expect(200).text("/word");
    }

    @Test
    void two_plugins_bring_two_versions_of_a_library() {
        assertThat(word("left")).isEqualTo("one");
        assertThat(word("right")).isEqualTo("two");
    }

    @Test
    void a_plugin_is_switched_off_and_on_over_http() {
        var off = crm.admin().post("/plugins/left/disable").expect(200);
        assertThat(off.text("/state")).isEqualTo("installed");
        assertThat(off.text("/decidedBy")).isEqualTo("operator");
        crm.admin().post("/plugins/left/disable").expect(200);
        crm.anonymous().get("/public/left/words").expect(404);
        assertThat(paths()).noneMatch(path -> path.startsWith("/public/left"));
        assertThat(word("right")).isEqualTo("two");
        var on = crm.admin().post("/plugins/left/enable").expect(200);
        assertThat(on.text("/state")).isEqualTo("running");
        crm.admin().post("/plugins/left/enable").expect(200);
        assertThat(word("left")).isEqualTo("one");
        assertThat(paths()).contains("/public/left/words");
    }

    @Test
    void a_plugin_of_the_distribution_is_removed_on_every_node_until_it_is_restored() {
        try (var data = new TemporaryFolder();
                var other = Node.start(crm.start(crm.database(), data.path()))) {
            crm.admin().post("/plugins/right/remove", Map.of()).expect(200);
            crm.admin().get("/plugins/right").expect(404);
            other.installing().installer().follow();
            assertThat(other.plugins().ids()).containsExactly("left");
            try (var more = new TemporaryFolder();
                    var later = Node.start(crm.start(crm.database(), more.path()))) {
                assertThat(later.plugins().ids()).containsExactly("left");
            }
            crm.admin().post("/plugins/right/restore").expect(200);
            other.installing().installer().follow();
            other.plugins().follow();
            assertThat(other.plugins().status("right").state()).isEqualTo(PluginState.RUNNING);
            assertThat(word("right")).isEqualTo("two");
        }
    }

    @Test
    void only_who_may_manage_plugins_switches_them() {
        for (var action : List.of("enable", "disable")) {
            var path = "/plugins/right/" + action;
            crm.as("plugins:read").post(path).expect(403);
            crm.anonymous().post(path).expect(401);
        }
        crm.as("plugins:read").get("/plugins").expect(200);
        crm.admin().post("/plugins/nobody/enable").expect(404);
    }

    private static List<String> paths() {
        var names = crm.anonymous().get("/openapi.json").expect(200).json().get("paths");
        return java.util.stream.StreamSupport.stream(
                        ((Iterable<String>) names::fieldNames).spliterator(), false)
                .toList();
    }
}
