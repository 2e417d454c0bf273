package com.example.warranty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.core.author.NewPlugin;
import dev.kith.core.author.Scaffold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's plugin has grown from what {@code kith plugin new warranty} makes today. */
final class BeginningTest {

    /** What the page about personal data writes anew. */
    private static final String REWRITTEN =
            "        return Map.of(\"notes\", notes(read, NOTE.CUSTOMER_ID.eq(customer)));";

    @Test
    void the_plugin_of_the_guide_began_as_a_new_one_does(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("maven/dev/kith/plugin-parent/1"));
        var made = home.resolve("warranty");
        new Scaffold(home).write(new NewPlugin("warranty", ""), made);
        for (var file :
                List.of(
                        "src/main/java/com/example/warranty/WarrantyPlugin.java",
                        "src/main/jte/page.jte",
                        "src/main/resources/db/warranty/V1__notes.sql",
                        "src/main/resources/text/warranty_en.properties")) {
            var began = Files.readAllLines(made.resolve(file));
            began.remove(REWRITTEN);
            assertThat(Files.readAllLines(Path.of(file))).as(file).containsSubsequence(began);
        }
    }
}
