package dev.kith.core.area;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * One area's texts, from {@code text/<area>_en.properties} and {@code text/<area>_zh_CN.properties}
 * in UTF-8. Not a ResourceBundle: its cache would keep a plugin's class loader alive.
 */
public final class Messages {

    private final Map<String, String> english;
    private final Map<String, String> chinese;

    public Messages(ClassLoader loader, String area) {
        english = load(loader, "text/" + area + "_en.properties");
        chinese = load(loader, "text/" + area + "_zh_CN.properties");
    }

    /** The text in the language nearest to {@code locale}, if there is one. */
    public Optional<String> find(Locale locale, String key) {
        var preferred = locale.getLanguage().equals("zh") ? chinese : english;
        return Optional.ofNullable(preferred.getOrDefault(key, english.get(key)));
    }

    /** The text with {@code {0}} filled in; the key itself where there is no text. */
    public String text(Locale locale, String key, Object... arguments) {
        var pattern = find(locale, key).orElse(key);
        return arguments.length == 0
                ? pattern
                : new MessageFormat(pattern, locale).format(arguments);
    }

    private static Map<String, String> load(ClassLoader loader, String resource) {
        try (var in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return Map.of();
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var texts = new HashMap<String, String>();
            properties.forEach((key, value) -> texts.put((String) key, (String) value));
            return Map.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
