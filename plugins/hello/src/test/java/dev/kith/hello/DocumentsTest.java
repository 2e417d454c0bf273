package dev.kith.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show stands in the sources, and where they lead there is something. */
final class DocumentsTest {

    private static final Path REPOSITORY =
            Path.of(Objects.requireNonNull(System.getProperty("kith.repository")));

    /** A comment that names a file, and the block that is taken from it. */
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from (\\S+) -->\\n```\\w*\\n(.*?)\\n```", Pattern.DOTALL);

    /** The target of a link or picture, unless it is an address or only an anchor. */
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

    /** A line that stands for what a snippet leaves out; imports are named without those between. */
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\s*…\\s*$|(?=^import )");

    static List<Path> documents() throws IOException {
        try (var inDocs = Files.walk(REPOSITORY.resolve("docs"));
                var inRoot = Files.list(REPOSITORY)) {
            return Stream.concat(inDocs, inRoot)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_snippet_stands_in_the_file_it_names(Path document) {
        var snippets = SNIPPET.matcher(read(document));
        while (snippets.find()) {
            var source = REPOSITORY.resolve(snippets.group(1));
            assertThat(source).as("named in %s", document).exists();
            var parts =
                    LEFT_OUT.splitAsStream(snippets.group(2))
                            .map(DocumentsTest::words)
                            .filter(part -> !part.isEmpty());
            assertThat(words(read(source)))
                    .as("%s, as %s shows it", snippets.group(1), document)
                    .containsSubsequence(parts.toList());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_to_a_file(Path document) {
        var dangling = new ArrayList<String>();
        LINK.matcher(read(document))
                .results()
                .map(link -> link.group(1))
                .forEach(target -> {
                    if (!Files.exists(document.resolveSibling(target))) {
                        dangling.add(target);
                    }
                });
        assertThat(dangling).as("links of %s", document).isEmpty();
    }

    /** Without regard to how lines are broken: formatting is no difference. */
    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
