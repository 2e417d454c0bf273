package dev.kith.core.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.api.Money;
import dev.kith.api.Screen;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Says in words what an event was. The owner of a topic gives the words: {@code
 * topic.points.earned=Points earned} and {@code topic.points.earned.detail=+{points}[ · {reason}]},
 * where a name in braces is a field of the payload and a bracket is left out if its field is missing.
 */
public final class TopicWords {

    /** The longest value shown in a line; the whole payload is one click away. */
    static final int VALUE_MAX = 120;

    private static final Pattern PART = Pattern.compile("\\[([^\\[\\]]*)]|([^\\[\\]]+)");
    private static final Pattern FIELD = Pattern.compile("\\{([A-Za-z0-9.]+)}");

    private final Supplier<Collection<Mounted>> areas;

    TopicWords(Supplier<Collection<Mounted>> areas) {
        this.areas = areas;
    }

    /** The topic in words; of an area that is off, the topic's name with blanks. */
    public String title(Screen screen, String topic) {
        return find(screen.locale(), "topic." + topic).orElseGet(() -> plain(topic));
    }

    /** What matters in this event, or an empty text. */
    public String detail(Screen screen, String topic, JsonNode payload) {
        return find(screen.locale(), "topic." + topic + ".detail")
                .map(pattern -> fill(screen, pattern, payload))
                .orElse("");
    }

    private Optional<String> find(Locale locale, String key) {
        return areas.get().stream()
                .flatMap(area -> area.area().messages().find(locale, key).stream())
                .findFirst();
    }

    /** {@code points.earned} or {@code customer.updateRequested} as plain words. */
    private static String plain(String topic) {
        var words = topic.replace('.', ' ').replaceAll("([a-z])([A-Z])", "$1 $2");
        return words.substring(0, 1).toUpperCase(Locale.ROOT)
                + words.substring(1).toLowerCase(Locale.ROOT);
    }

    static String fill(Screen screen, String pattern, JsonNode payload) {
        var text = new StringBuilder();
        var part = PART.matcher(pattern);
        while (part.find()) {
            var optional = part.group(1) != null;
            var words = optional ? part.group(1) : part.group(2);
            fields(screen, words, payload, optional).ifPresent(text::append);
        }
        // The first of several optional parts may have been left out with its separator.
        return text.toString().replaceFirst("^\\s*·\\s*", "").strip();
    }

    private static Optional<String> fields(
            Screen screen, String words, JsonNode payload, boolean optional) {
        var text = new StringBuilder();
        var end = 0;
        var field = FIELD.matcher(words);
        while (field.find()) {
            var value = payload.at("/" + field.group(1).replace('.', '/'));
            if (value.isMissingNode() || value.isNull()) {
                if (optional) {
                    return Optional.empty();
                }
                value = null;
            }
            text.append(words, end, field.start());
            text.append(value == null ? "–" : value(screen, value));
            end = field.end();
        }
        return Optional.of(text.append(words.substring(end)).toString());
    }

    private static String value(Screen screen, JsonNode value) {
        var text =
                switch (value.getNodeType()) {
                    case NUMBER ->
                            value.isIntegralNumber() && value.canConvertToLong()
                                    ? screen.number(value.longValue())
                                    : value.asText();
                    case ARRAY ->
                            StreamSupport.stream(value.spliterator(), false)
                                    .map(item -> value(screen, item))
                                    .collect(Collectors.joining(", "));
                    case OBJECT -> money(screen, value);
                    default -> value.asText();
                };
        return text.length() <= VALUE_MAX ? text : text.substring(0, VALUE_MAX - 1) + "…";
    }

    private static String money(Screen screen, JsonNode value) {
        var amount = value.path("value");
        var currency = value.path("currency");
        if (!amount.isTextual() || !currency.isTextual()) {
            return value.toString();
        }
        try {
            return screen.money(Money.of(amount.asText(), currency.asText()));
        } catch (IllegalArgumentException e) {
            // An older payload may hold what would be refused today; it is shown as it stands.
            return amount.asText() + " " + currency.asText();
        }
    }
}
