package dev.kith.core.http.exchange;

import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names and values of headers, ready to be written, and small readings of those that come. */
public final class Headers {

    public static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;
    static final CharSequence CONTENT_LENGTH = HttpHeaders.CONTENT_LENGTH;
    public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
    static final CharSequence CACHE_CONTROL = HttpHeaders.CACHE_CONTROL;
    static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    static final CharSequence NOSNIFF_NAME = HttpHeaders.createOptimized("X-Content-Type-Options");
    static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    /** The longest {@code Accept-Language} that is looked at. */
    private static final int LANGUAGES_MAX = 200;

    private static final String LOCALE_COOKIE = "kith_locale";

    private static final Pattern LANGUAGE = Pattern.compile("(?:^|&)lang=(zh-CN|en)(?:&|$)");

    private Headers() {}

    /** A cookie's value, or null. */
    public static @Nullable String cookie(@Nullable String header, String name) {
        if (header == null) {
            return null;
        }
        for (var part : header.split(";", -1)) {
            var pair = part.strip();
            if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** The first of our two languages that the caller names, in their order. */
    static Locale locale(@Nullable String acceptLanguage, @Nullable String cookies) {
        var chosen = cookie(cookies, LOCALE_COOKIE);
        var wanted = chosen == null ? acceptLanguage : chosen;
        if (wanted == null || wanted.length() > LANGUAGES_MAX) {
            return Locale.ENGLISH;
        }
        try {
            return LanguageRange.parse(wanted).stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range ->
                            range.getRange().substring(0, Math.min(2, range.getRange().length())))
                    .filter(language -> language.equals("zh") || language.equals("en"))
                    .findFirst()
                    .map(language ->
                            language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH)
                    .orElse(Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    /** The language that {@code lang} in a query asks for, if it is one of ours. */
    static Optional<Locale> language(@Nullable String query) {
        var asked = LANGUAGE.matcher(query == null ? "" : query);
        return asked.find()
                ? Optional.of(
                        asked.group(1).equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE)
                : Optional.empty();
    }

    /** A media type without its parameters, in lower case. */
    public static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        var semicolon = contentType.indexOf(';');
        var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a content type names no charset but UTF-8. */
    public static boolean isUtf8(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        var lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        var charset = lower.indexOf(";charset=");
        return charset < 0
                || lower.substring(charset + 9).equals("utf-8")
                || lower.startsWith("utf-8;", charset + 9);
    }
}
