package dev.kith.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that templates speak. */
public enum Language {
    @JsonProperty("en")
    EN(Locale.ENGLISH),
    @JsonProperty("zh-CN")
    ZH_CN(Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    static Language of(@Nullable Locale locale, Language unknown) {
        if (locale == null) {
            return unknown;
        }
        return locale.getLanguage().equals("zh") ? ZH_CN : EN;
    }

    Locale locale() {
        return locale;
    }

    String tag() {
        return locale.toLanguageTag();
    }
}
