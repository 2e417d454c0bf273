package dev.kith.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said of a field that is wrong has words in Chinese too, in every area. */
class PlaceTextsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** {@code .at(pointer, "code", message)}, whatever makes the pointer. */
    private static final Pattern CODE =
            Pattern.compile("\\.at\\([^;]{0,200}?,\\s*\"([a-z][A-Za-z]*)\",\\s");

    /** Named as constraints are, whose messages come from the validator, in Chinese too. */
    private static final Set<String> CONSTRAINTS = Set.of("size", "pattern");

    @Test
    void every_code_at_a_place_has_a_chinese_text() throws IOException {
        var core = texts(ROOT.resolve("core"), "kith");
        assertThat(core).hasSizeGreaterThan(20);
        assertThat(missing(ROOT.resolve("core"), core)).isEmpty();
        try (var areas = Files.list(ROOT.resolve("plugins"))) {
            for (var area : areas.filter(each -> Files.exists(each.resolve("pom.xml"))).toList()) {
                var own = texts(area, area.getFileName().toString());
                own.addAll(core);
                assertThat(missing(area, own)).as(area.getFileName().toString()).isEmpty();
            }
        }
    }

    private static Set<String> missing(Path module, Set<String> texts) throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(module.resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(PlaceTextsTest::read)
                    .flatMap(text -> CODE.matcher(text).results())
                    .forEach(found -> codes.add(found.group(1)));
        }
        codes.removeAll(texts);
        codes.removeAll(CONSTRAINTS);
        return codes;
    }

    private static Set<String> texts(Path module, String area) {
        var file = module.resolve("src/main/resources/text/%s_zh_CN.properties".formatted(area));
        var codes = new TreeSet<String>();
        if (Files.exists(file)) {
            read(file)
                    .lines()
                    .filter(line -> line.startsWith("place."))
                    .forEach(line -> codes.add(line.substring(6, line.indexOf('=')).strip()));
        }
        return codes;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
