package dev.kith.messages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request brings, as text in the customer's language. */
final class Values {

    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

    private Values() {}

    static Map<String, String> of(Map<String, ?> data, Language language, ZoneId zone) {
        var values = new HashMap<String, String>();
        data.forEach((name, value) ->
                text(value, language, zone).ifPresent(text -> values.put(name, text)));
        return values;
    }

    private static Optional<String> text(@Nullable Object value, Language language, ZoneId zone) {
        return switch (value) {
            case null -> Optional.empty();
            case String text when INSTANT.matcher(text).matches() ->
                    Optional.of(moment(text, language, zone));
            case String text -> Optional.of(text);
            case Number number -> Optional.of(number.toString());
            case Boolean flag -> Optional.of(flag.toString());
            // {"en": …, "zh-CN": …}: the same in several languages.
            case Map<?, ?> languages when languages.get(language.tag()) instanceof String text ->
                    Optional.of(text);
            default -> Optional.empty();
        };
    }

    private static String moment(String text, Language language, ZoneId zone) {
        try {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                    .withLocale(language.locale())
                    .withZone(zone)
                    .format(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return text; // such as the 31st of June
        }
    }
}
