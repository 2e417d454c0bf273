package dev.kith.surveys;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/** The same words in both languages. Public, because templates read it. */
public record Text(
        @NotBlank @Size(max = WORDS_MAX) String en,
        @JsonProperty("zh-CN") @NotBlank @Size(max = WORDS_MAX) String zhCn) {

    static final int WORDS_MAX = 1_000;

    /** What reads the same in any language. */
    static Text of(String any) {
        return new Text(any, any);
    }

    public String in(Locale locale) {
        return locale.getLanguage().equals("zh") ? zhCn : en;
    }
}
