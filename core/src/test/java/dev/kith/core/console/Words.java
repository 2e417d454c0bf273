package dev.kith.core.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What people type. */
final class Words {

    /** The Big List of Naughty Strings, where it lies beside the repository. */
    private static final Path LIST = Path.of("../../shared/data/08_nasty/blns.json");

    private static final List<String> OWN =
            List.of(
                    "<script>alert(1)</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "' onmouseover='alert(1)",
                    "{{7*7}} ${7*7} @template.x()",
                    "\u202Etest\u202E 田中さんにあげて下さい 👾",
                    "</p></main></html>");

    private Words() {}

    static List<String> naughty() {
        var words = new ArrayList<>(OWN);
        if (Files.isReadable(LIST)) {
            try {
                words.addAll(List.of(new ObjectMapper().readValue(LIST.toFile(), String[].class)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return words;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
