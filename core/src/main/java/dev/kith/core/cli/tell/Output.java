package dev.kith.core.cli.tell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kith.core.client.Remote;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Lists from the server, and tables for people. */
public final class Output {

    private static final int CELL_MAX = 60;

    private Output() {}

    /** All items of a list, page after page. */
    public static ArrayNode items(Remote remote, String path) {
        var items = JsonNodeFactory.instance.arrayNode();
        var after = "";
        do {
            var page = remote.get(path + "?limit=200" + after);
            page.path("items").forEach(items::add);
            after =
                    page.path("next").isTextual()
                            ? "&after=" + encoded(page.path("next").asText())
                            : "";
        } while (!after.isEmpty());
        return items;
    }

    /** A part of a path, percent-encoded. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static void json(PrintWriter out, JsonNode value) {
        out.println(value.toPrettyString());
    }

    /** A table of the named fields, each column as wide as its longest cell. */
    public static void table(PrintWriter out, ArrayNode items, List<String> fields) {
        var rows = new ArrayList<List<String>>();
        rows.add(fields);
        for (var item : items) {
            rows.add(fields.stream().map(field -> cell(item.path(field))).toList());
        }
        var widths = new int[fields.size()];
        for (var row : rows) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static String cell(JsonNode value) {
        var text =
                value.isArray()
                        ? String.join(
                                " ",
                                StreamSupport.stream(value.spliterator(), false)
                                        .map(JsonNode::asText)
                                        .toList())
                        : value.isNull() || value.isMissingNode() ? "" : value.asText();
        var line = text.lines().findFirst().orElse("");
        return line.length() <= CELL_MAX ? line : line.substring(0, CELL_MAX - 1) + "…";
    }
}
