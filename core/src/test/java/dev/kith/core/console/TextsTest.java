package dev.kith.core.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TextsTest {

    private static final Pattern ARGUMENT = Pattern.compile("\\{[A-Za-z0-9]+}");

    private final Properties english = load("en");
    private final Properties chinese = load("zh_CN");

    @Test
    void every_text_exists_in_both_languages() {
        // What is wrong with a place is said in English where it is found.
        chinese.keySet().removeIf(key -> key.toString().startsWith("place."));
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void both_languages_fill_in_the_same_values() {
        for (var key : english.stringPropertyNames()) {
            assertThat(arguments(chinese, key)).as(key).isEqualTo(arguments(english, key));
        }
    }

    @Test
    void no_text_is_empty() {
        assertThat(english.values()).doesNotContain("");
        assertThat(chinese.values()).doesNotContain("");
    }

    private static Set<String> arguments(Properties texts, String key) {
        return ARGUMENT.matcher(texts.getProperty(key))
                .results()
                .map(match -> match.group())
                .collect(Collectors.toSet());
    }

    private static Properties load(String language) {
        var texts = new Properties();
        var resource = "/text/kith_" + language + ".properties";
        try (var in = TextsTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(resource, e);
        }
        return texts;
    }
}
