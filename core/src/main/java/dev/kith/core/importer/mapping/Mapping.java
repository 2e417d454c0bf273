package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.importer.text.Shape;
import dev.kith.core.json.Json;
import dev.kith.core.settings.SettingsFile;
import dev.kith.core.settings.WrongSettings;
import dev.kith.core.words.Words;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a row means, as an operator writes it. Texts are {@linkplain Template templates}.
 *
 * @param source whose keys the events' keys are; by default {@code import}
 * @param zone of times that say none; by default the deployment's
 * @param customer who the row is about, and what it says about them
 * @param events what the row says has happened
 */
public record Mapping(
        @Nullable Shape file,
        @Nullable String source,
        @Nullable String zone,
        @Nullable Who customer,
        @Nullable List<What> events) {

    static final String SOURCE = "import";

    /**
     * A customer by a foreign id.
     *
     * @param fields what is to be written to the customer; absent: nothing
     */
    record Who(String source, String id, @Nullable JsonNode fields) {
        Who {
            require(source, "source");
            require(id, "id");
        }
    }

    /**
     * An event.
     *
     * @param customer if it is about somebody else than the row
     * @param key by default file name and line
     * @param when a template and what it must match, for rows that mean different things
     * @param group if several rows are one event together
     */
    record What(
            String topic,
            @Nullable Who customer,
            @Nullable String key,
            @Nullable String occurredAt,
            @Nullable Map<String, String> when,
            @Nullable Group group,
            @Nullable JsonNode data) {
        What {
            require(topic, "topic");
            if (group != null && key == null) {
                throw new IllegalArgumentException(Words.of("import.groupNeedsKey"));
            }
        }
    }

    /**
     * Rows that are one event together, such as the lines of an invoice. Lists in {@code data} grow
     * row by row; what is not summed is as the first row says.
     *
     * @param by the same for all rows of a group, which may have up to 1,000 others between them
     * @param sum which amounts and numbers directly in {@code data} are summed
     */
    record Group(String by, @Nullable List<String> sum) {
        Group {
            require(by, "by");
            sum = sum == null ? null : List.copyOf(sum);
        }

        List<String> sums() {
            return sum == null ? List.of() : sum;
        }
    }

    public Mapping {
        events = events == null ? null : List.copyOf(events);
        if ((events == null || events.isEmpty())
                && (customer == null || customer.fields() == null)) {
            throw new IllegalArgumentException(Words.of("import.emptyMapping"));
        }
        if (zone != null) {
            checkZone(zone);
        }
    }

    /**
     * @throws ImportFailure naming the place, if the file is not a mapping
     */
    public static Mapping read(Path path) {
        try {
            var file = SettingsFile.read(path);
            try {
                return new Json().strict().treeToValue(file.root(), Mapping.class);
            } catch (JsonProcessingException e) {
                throw new ImportFailure(place(file, path, e) + ": " + message(e), e);
            }
        } catch (WrongSettings e) {
            throw new ImportFailure(String.valueOf(e.getMessage()), e);
        }
    }

    public Shape shape() {
        return file == null ? Shape.usual() : file;
    }

    public Mapping withShape(Shape shape) {
        return new Mapping(shape, source, zone, customer, events);
    }

    List<What> whatHappened() {
        return events == null ? List.of() : events;
    }

    ZoneId zoneOr(ZoneId usual) {
        return zone == null ? usual : ZoneId.of(zone);
    }

    private static void require(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(Words.of("import.needs", name));
        }
    }

    private static void checkZone(String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("zone: " + Words.of("import.wrongZone", zone), e);
        }
    }

    private static String place(SettingsFile file, Path path, JsonProcessingException e) {
        if (!(e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return path.toString();
        }
        return file.place(
                mapping.getPath().stream()
                        .map(r -> r.getFieldName() == null ? "" + r.getIndex() : r.getFieldName())
                        .collect(Collectors.joining(".")));
    }

    private static String message(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
            return Words.of("import.noSuchName") + Hint.of(unknown.getPropertyName(), known);
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return String.valueOf(e.getCause().getMessage());
        }
        return e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElseGet(() -> Words.of("import.unreadable"));
    }
}
