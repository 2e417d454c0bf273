package dev.kith.messages;

import dev.kith.api.Problem;
import dev.kith.api.StandardError;
import dev.kith.api.Versioned;
import dev.kith.messages.Outgoing.Rendered;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What messages of one kind say.
 *
 * @param builtIn whether it came with Kith and was never changed
 * @param sample the placeholders it may use, with what the preview fills in
 */
record Template(
        String name,
        boolean builtIn,
        Wording en,
        Wording zhCn,
        Map<String, String> sample,
        long version)
        implements Versioned {

    static final int NAME_MAX = 100;
    static final String NAME = "[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*";
    static final int SAMPLE_MAX = 50;
    static final int SUBJECT_MAX = 200;
    static final int TEXT_MAX = 20_000;
    static final int HTML_MAX = 60_000;
    static final int VALUE_MAX = 1_000;

    /** Given with every message. */
    static final String CUSTOMER_NAME = "customerName";

    /**
     * What it says in one language.
     *
     * @param subject of an e-mail; one line
     * @param html beside the text, for programs that show it
     */
    record Wording(
            @NotBlank @Size(max = SUBJECT_MAX) String subject,
            @NotBlank @Size(max = TEXT_MAX) String text,
            @Nullable @Size(max = HTML_MAX) String html) {

        private void check(String pointer, Map<String, String> sample) {
            part(pointer + "/subject", subject, sample);
            part(pointer + "/text", text, sample);
            if (html != null) {
                part(pointer + "/html", html, sample);
                Filling.unsafe(html)
                        .ifPresent(wrong -> {
                            throw MessagesError.UNSAFE_PLACE
                                    .because(wrong)
                                    .at(pointer + "/html", "unsafePlace", wrong);
                        });
            }
        }

        private static void part(String pointer, String text, Map<String, String> sample) {
            if (Filling.hasStrayBraces(text)) {
                throw unknown(pointer, "{{ and }} stand around the name of a placeholder");
            }
            for (var name : Filling.names(text)) {
                if (!sample.containsKey(name) && !name.equals(CUSTOMER_NAME)) {
                    throw unknown(pointer, "the sample has no " + name);
                }
            }
        }

        private static Problem unknown(String pointer, String wrong) {
            return MessagesError.UNKNOWN_PLACEHOLDER
                    .because(wrong)
                    .at(pointer, "unknownPlaceholder", wrong);
        }
    }

    /** What is written: all of it. */
    record Content(
            @NotNull @Valid Wording en,
            @NotNull @Valid Wording zhCn,
            @Nullable @Size(max = SAMPLE_MAX) Map<String, @Size(max = VALUE_MAX) String> sample) {

        static final Content EXAMPLE =
                new Content(
                        new Wording("Hello, {{name}}", "Come and see us, {{name}}.", null),
                        new Wording("{{name}}，您好", "{{name}}，欢迎光临。", null),
                        Map.of("name", "Kim"));

        Content {
            sample = sample == null ? Map.of() : Map.copyOf(sample);
        }

        /** The sample; empty if none was written. */
        Map<String, String> samples() {
            return Objects.requireNonNull(sample);
        }

        /** Refuses what could not be filled in, with the place. */
        void check() {
            for (var name : samples().keySet()) {
                if (!Filling.PLACEHOLDER.matcher("{{" + name + "}}").matches()) {
                    throw StandardError.INVALID_INPUT
                            .because("a placeholder's name is letters and digits")
                            .at("/sample", "pattern", "letters and digits");
                }
            }
            en.check("/en", samples());
            zhCn.check("/zhCn", samples());
        }
    }

    /** A preview in one language. */
    record Preview(Language language, String subject, String text, @Nullable String html) {}

    Template {
        sample = java.util.Collections.unmodifiableMap(new TreeMap<>(sample));
    }

    Wording in(Language language) {
        return switch (language) {
            case EN -> en;
            case ZH_CN -> zhCn;
        };
    }

    /** Whether all that it names is given. */
    boolean canBeFilled(Language language, Map<String, String> values) {
        var wording = in(language);
        var all =
                wording.subject() + wording.text() + (wording.html() == null ? "" : wording.html());
        return values.keySet().containsAll(Filling.names(all));
    }

    /** Filled in with the sample. */
    Rendered preview(Language language, ZoneId zone) {
        var values = Values.of(sample, language, zone);
        values.putIfAbsent(CUSTOMER_NAME, "Kim");
        return render(language, values);
    }

    Rendered render(Language language, Map<String, String> values) {
        var wording = in(language);
        return new Rendered(
                Filling.line(wording.subject(), values),
                Filling.plain(wording.text(), values),
                wording.html() == null ? null : Filling.html(wording.html(), values));
    }
}
