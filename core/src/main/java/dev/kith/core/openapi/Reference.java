package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The OpenAPI document as a person reads it: areas, their routes, and what goes in and out. */
public final class Reference {

    private Reference() {}

    /** One plugin, or one kind of core's things. */
    public record Chapter(String name, List<Entry> entries) {

        public Chapter {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One route.
     *
     * @param id also the place on its chapter's page
     * @param permission empty for a public route
     */
    public record Entry(
            String id,
            String method,
            String path,
            String summary,
            String permission,
            Detail more) {}

    /** What its own section shows of a route. */
    public record Detail(
            List<Field> parameters, List<Content> bodies, List<Content> answers, Faults faults) {

        public Detail {
            parameters = List.copyOf(parameters);
            bodies = List.copyOf(bodies);
            answers = List.copyOf(answers);
        }
    }

    /**
     * A body.
     *
     * @param status of an answer; empty for a request
     * @param example as JSON, or empty
     */
    public record Content(String status, String media, List<Field> fields, String example) {

        public Content {
            fields = List.copyOf(fields);
        }
    }

    /**
     * @param own codes that only some routes answer
     * @param statuses of the problems that every route may answer with
     */
    public record Faults(List<String> own, List<String> statuses) {

        public Faults {
            own = List.copyOf(own);
            statuses = List.copyOf(statuses);
        }
    }

    /**
     * A parameter, or a field at its depth in a body.
     *
     * @param place {@code path}, {@code query} or {@code header}; empty for a field
     */
    public record Field(
            int depth, String place, String name, String type, boolean required, String about) {}

    /**
     * @param wanted words that must all occur in a route; empty for everything
     */
    static List<Chapter> of(JsonNode document, String wanted) {
        var words = wanted.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
        var chapters = new TreeMap<String, List<Entry>>();
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var method = operation.getKey().toUpperCase(Locale.ROOT);
                var entry = entry(document, method, path.getKey(), operation.getValue());
                if (Stream.of(words).allMatch(text(entry)::contains)) {
                    var tag = operation.getValue().at("/tags/0").asText();
                    chapters.computeIfAbsent(tag, name -> new ArrayList<>()).add(entry);
                }
            }
        }
        return chapters.entrySet().stream()
                .map(each -> new Chapter(each.getKey(), each.getValue()))
                .toList();
    }

    private static String text(Entry entry) {
        return String.join(" ", entry.method, entry.path, entry.summary, entry.permission)
                .toLowerCase(Locale.ROOT);
    }

    private static Entry entry(JsonNode document, String method, String path, JsonNode operation) {
        var shapes = new Shapes(document);
        var bodies = contents("", operation.at("/requestBody/content"), shapes);
        var answers = new ArrayList<Content>();
        for (var response : operation.get("responses").properties()) {
            if (response.getKey().startsWith("2")) {
                var content = response.getValue().path("content");
                var told = contents(response.getKey(), content, shapes);
                answers.addAll(
                        told.isEmpty()
                                ? List.of(new Content(response.getKey(), "", List.of(), ""))
                                : told);
            }
        }
        var detail = new Detail(shapes.parameters(operation), bodies, answers, faults(operation));
        return new Entry(
                operation.get("operationId").asText(),
                method,
                path,
                operation.path("summary").asText(),
                operation.path("x-permission").asText(),
                detail);
    }

    private static List<Content> contents(String status, JsonNode content, Shapes shapes) {
        var contents = new ArrayList<Content>();
        for (var media : content.properties()) {
            var type = media.getValue();
            var example = type.path("example");
            contents.add(
                    new Content(
                            status,
                            media.getKey(),
                            shapes.fields(type.path("schema")),
                            example.isMissingNode() ? "" : example.toPrettyString()));
        }
        return contents;
    }

    private static Faults faults(JsonNode operation) {
        var own = new TreeSet<String>();
        var statuses = new ArrayList<String>();
        for (var response : operation.get("responses").properties()) {
            if (!response.getKey().startsWith("2")) {
                statuses.add(response.getKey());
                StreamSupport.stream(response.getValue().path("x-problems").spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(code -> code.contains("."))
                        .forEach(own::add);
            }
        }
        return new Faults(List.copyOf(own), statuses);
    }

    /** A call as one types it; {@code KITH} and {@code KEY} stand for the server and the key. */
    public static String curl(Entry entry) {
        var call = new StringBuilder("curl");
        if (!entry.method.equals("GET") && !entry.method.equals("POST")) {
            call.append(" -X ").append(entry.method);
        } else if (entry.method.equals("POST") && entry.more.bodies().isEmpty()) {
            call.append(" -X POST");
        }
        call.append(" \"$KITH").append(entry.path).append('"');
        if (!entry.permission.isEmpty()) {
            call.append(" \\\n  -H \"Authorization: Bearer $KEY\"");
        }
        if (entry.more.parameters().stream().anyMatch(each -> each.name.equals("If-Match"))) {
            call.append(" \\\n  -H 'If-Match: \"1\"'");
        }
        for (var body : entry.more.bodies().stream().limit(1).toList()) {
            call.append(" \\\n  -H 'Content-Type: ").append(body.media).append('\'');
            var example = body.example.isEmpty() ? "{ … }" : body.example;
            call.append(" \\\n  -d '").append(example.replace("'", "'\\''")).append('\'');
        }
        return call.toString();
    }

    /** Where a problem is explained. */
    public static String problem(String code) {
        return "/problems/" + code;
    }
}
