package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.http.raw.RawRoute;
import dev.kith.core.http.raw.Told;
import java.util.List;

/** Writes a route whose content is not described by records: a stream, an archive. */
final class RawOperation {

    /** What only those are answered who have to show a key. */
    private static final List<String> OF_THE_GATE = List.of("401", "403", "404");

    private RawOperation() {}

    static void write(ObjectNode operation, String tag, RawRoute route, Told told) {
        operation.putArray("tags").add(tag);
        operation.put("operationId", Operation.id(route.method(), route.path()));
        operation.put("summary", told.summary());
        var permission = route.permission();
        if (permission != null) {
            Operation.needs(operation, permission);
        }
        var isOpen = route.gate() == RawRoute.Gate.OPEN;
        if (isOpen) {
            Operation.isOpen(operation, "Open to everybody.");
        }
        Operation.variables(operation, route.path());
        for (var one : told.parameters()) {
            Operation.parameter(operation, one.in(), one.name(), one.meaning())
                    .put("type", "string");
        }
        var takes = told.takes();
        if (takes != null) {
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject(takes);
        }
        var responses = operation.putObject("responses");
        answer(responses.putObject(Integer.toString(told.status())), told.gives(), told.about());
        Responses.write(operation, takes != null);
        if (isOpen) {
            responses.remove(OF_THE_GATE);
        }
        var unwell = told.unwell();
        if (unwell != null) {
            answer(responses.putObject("503"), told.gives(), unwell);
        }
    }

    private static void answer(ObjectNode answer, String gives, String about) {
        answer.put("description", about);
        var type = answer.putObject("content").putObject(gives);
        if (gives.startsWith("text/")) {
            type.putObject("schema").put("type", "string");
        } else if (gives.equals("application/json")) {
            type.putObject("schema").put("type", "object");
        }
    }
}
