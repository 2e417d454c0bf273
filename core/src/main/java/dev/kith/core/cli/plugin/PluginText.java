package dev.kith.core.cli.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.words.Words;
import java.io.PrintWriter;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A plugin, or a plan to install one, for people to read. */
final class PluginText {

    private PluginText() {}

    static void status(PrintWriter out, JsonNode plugin) {
        out.println(plugin.path("id").asText() + " " + plugin.path("version").asText(""));
        line(out, "state", plugin.path("state").asText());
        line(out, "reason", plugin.path("reason").asText(""));
        line(out, "whatToDo", plugin.path("whatToDo").asText(""));
        line(out, "origin", plugin.path("origin").asText());
        line(out, "sha256", plugin.path("sha256").asText(""));
        line(out, "decidedBy", plugin.path("decidedBy").asText());
        line(out, "required", plugin.path("required").asText());
        description(out, plugin.path("description"));
    }

    static void plan(PrintWriter out, JsonNode plan) {
        out.println(plan.path("plugin").asText() + " " + plan.path("version").asText());
        line(out, "installedVersion", plan.path("installedVersion").asText(""));
        line(out, "sha256", plan.path("sha256").asText());
        var signature = plan.path("signature");
        line(
                out,
                "signature",
                signature.path("kind").asText() + " " + signature.path("keyId").asText(""));
        description(out, plan.path("description"));
        for (var migration : plan.path("migrations")) {
            if (!migration.path("hasRun").asBoolean()) {
                out.println("  " + Words.of("migration", migration.path("file").asText()));
                migration.path("sql").asText().lines().forEach(l -> out.println("    " + l));
            }
        }
        remarks(out, "warnings", plan.path("warnings"));
        remarks(out, "refusals", plan.path("refusals"));
    }

    private static void description(PrintWriter out, JsonNode is) {
        line(out, "requires", is.path("requires").asText(""));
        list(out, "dependencies", is, "id", "versions");
        list(out, "permissions", is, "name", "description");
        list(out, "routes", is, "method", "path", "permission");
        list(out, "pages", is, "method", "path", "permission");
        list(out, "publishes", is);
        list(out, "accepts", is);
        list(out, "consumes", is, "topic", "subscription");
        list(out, "facts", is, "name", "type", "meaning");
        list(out, "usesFacts", is);
        list(out, "timers", is);
        list(out, "jobs", is, "name", "everySeconds");
        list(out, "sends", is);
        list(out, "personalTables", is);
    }

    private static void remarks(PrintWriter out, String what, JsonNode remarks) {
        if (!remarks.isEmpty()) {
            out.println(Words.of(what));
            for (var each : remarks) {
                out.println(
                        "  %s: %s"
                                .formatted(
                                        each.path("code").asText(), each.path("detail").asText()));
            }
        }
    }

    private static void line(PrintWriter out, String name, String value) {
        if (!value.isBlank() && !value.equals("null")) {
            out.println("  %s: %s".formatted(name, value.strip()));
        }
    }

    private static void list(PrintWriter out, String name, JsonNode of, String... fields) {
        var items = of.path(name);
        if (items.isEmpty()) {
            return;
        }
        out.println("  " + name + ":");
        for (var item : items) {
            var words =
                    fields.length == 0
                            ? item.asText()
                            : String.join(
                                    "  ",
                                    Stream.of(fields)
                                            .map(item::path)
                                            .filter(value -> !value.isNull())
                                            .map(JsonNode::asText)
                                            .toList());
            out.println("    " + words);
        }
    }

    static boolean isEmpty(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).findAny().isEmpty();
    }
}
