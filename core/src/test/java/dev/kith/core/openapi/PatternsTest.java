package dev.kith.core.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

    @ParameterizedTest
    @CsvSource({
        "[A-Z]{2}, ^(?:[A-Z]{2})$",
        "24:00|[a-z], ^(?:24:00|[a-z])$",
        "[^\\p{Cc}\\p{Cs}]*, ^(?:[^\\u0000-\\u001f\\u007f-\\u009f]*)$",
        "[^\\p{Cntrl}]*, ^(?:[^\\u0000-\\u001f\\u007f]*)$",
        "(?=.*[A-Za-z])[A-Za-z0-9]+(-[a-z]+)*, ^(?:(?=.*[A-Za-z])[A-Za-z0-9]+(-[a-z]+)*)$",
        "^a|b$, ^(?:^a|b$)$",
        "[^\\s]+\\s, ^(?:[^ \\t\\n\\u000b\\f\\r]+[ \\t\\n\\u000b\\f\\r])$",
        "[A-Za-z0-9][A-Za-z0-9._-]*, ^(?:[A-Za-z0-9][A-Za-z0-9._-]*)$",
        "\\*|[a-z]+:[a-z]+, ^(?:\\*|[a-z]+:[a-z]+)$"
    })
    void a_pattern_is_all_of_a_text_in_the_language_of_clients(String java, String theirs) {
        assertThat(Patterns.forClients(java)).contains(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\p{IsHan}+",
                "(?i)abc",
                "[a-z]++",
                "[a-z&&[^b]]",
                "\\Aabc\\z",
                "\\p{Cc}*",
                "[a[b]]",
                "[]a]",
                "\\_"
            })
    void what_clients_would_read_otherwise_is_not_said(String java) {
        assertThat(Patterns.forClients(java)).isEmpty();
    }
}
