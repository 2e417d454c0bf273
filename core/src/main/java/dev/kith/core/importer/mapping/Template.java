package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kith.core.importer.text.Row;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text with columns in it: {@code ${name}}, {@code ${3}}, {@code ${total | decimalComma | money
 * EUR}}, {@code ${quantity * price}}, {@code ${#line}}, {@code ${#file}}. Alone, a column keeps the type its last step gives it,
 * and an empty one is absent.
 */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final List<Part> parts;

    /** A piece of the text: constant, or read from the row. */
    private sealed interface Part {
        record Constant(String text) implements Part {}

        record Column(int index, List<Transform> steps) implements Part {}

        /** Columns multiplied: {@code ${quantity * price}}. */
        record Product(List<Column> factors, List<Transform> steps) implements Part {}

        record Line() implements Part {}
    }

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @throws IllegalArgumentException if a column or a step does not exist
     */
    static Template parse(String text, Columns columns, String file, ZoneId zone) {
        var parts = new ArrayList<Part>();
        var matcher = PLACE.matcher(text);
        var end = 0;
        while (matcher.find()) {
            if (matcher.start() > end) {
                parts.add(new Part.Constant(text.substring(end, matcher.start())));
            }
            parts.add(part(matcher.group(1), columns, file, zone));
            end = matcher.end();
        }
        if (end < text.length()) {
            parts.add(new Part.Constant(text.substring(end)));
        }
        return new Template(parts);
    }

    private static Part part(String text, Columns columns, String file, ZoneId zone) {
        var pieces = text.split("\\|", -1);
        var reference = pieces[0].strip();
        var steps = new ArrayList<Transform>();
        for (var i = 1; i < pieces.length; i++) {
            steps.add(Transform.parse(pieces[i].strip(), zone));
        }
        return switch (reference) {
            case "#line" -> new Part.Line();
            case "#file" -> new Part.Constant(file);
            default ->
                    columns.find(reference).isEmpty() && reference.contains(" * ")
                            ? new Part.Product(
                                    Stream.of(reference.split(" \\* ", -1))
                                            .map(name -> column(name.strip(), columns, List.of()))
                                            .toList(),
                                    steps)
                            : column(reference, columns, steps);
        };
    }

    private static Part.Column column(String name, Columns columns, List<Transform> steps) {
        return new Part.Column(
                columns.find(name)
                        .orElseThrow(() -> new IllegalArgumentException(columns.missing(name))),
                steps);
    }

    /** The value for a row; missing if the template is one column and that is empty. */
    JsonNode value(Row row) {
        if (parts.size() == 1) {
            var value = value(parts.getFirst(), row);
            return value.isTextual() && value.asText().isEmpty() && !isConstant()
                    ? MissingNode.getInstance()
                    : value;
        }
        return JSON.textNode(text(row));
    }

    /** The value as text, empty if there is none. */
    String text(Row row) {
        var text = new StringBuilder();
        for (var part : parts) {
            text.append(value(part, row).asText());
        }
        return text.toString();
    }

    private boolean isConstant() {
        return parts.getFirst() instanceof Part.Constant;
    }

    private static JsonNode value(Part part, Row row) {
        return switch (part) {
            case Part.Constant constant -> JSON.textNode(constant.text());
            case Part.Line line -> JSON.numberNode(row.line());
            case Part.Column column -> {
                if (column.index() >= row.fields().size()) {
                    throw RowFailure.because("noColumn", Integer.toString(column.index() + 1));
                }
                yield after(column.steps(), row.fields().get(column.index()));
            }
            case Part.Product product -> {
                var result = BigDecimal.ONE;
                for (var factor : product.factors()) {
                    result = result.multiply(Transform.decimal(value(factor, row).asText()));
                }
                yield after(product.steps(), result.toPlainString());
            }
        };
    }

    private static JsonNode after(List<Transform> steps, String text) {
        JsonNode value = JSON.textNode(text);
        for (var step : steps) {
            value = step.apply(value);
        }
        return value;
    }
}
