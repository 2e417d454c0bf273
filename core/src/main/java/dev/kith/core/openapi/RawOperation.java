package dev.kith.core.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.http.RawRoute;
import dev.kith.core.http.Told;

/** Writes a route whose content is not described by records: a stream, an archive. */
final class RawOperation {

    private RawOperation() {}

    static void write(ObjectNode operation, String tag, RawRoute route, Told told) {
        operation.putArray("tags").add(tag);
        operation.put("operationId", Operation.id(route.method(), route.path()));
        operation.put("summary", told.summary());
        var permission = route.permission();
        if (permission != null) {
            Operation.needs(operation, permission);
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
        var answer = operation.putObject("responses").putObject(Integer.toString(told.status()));
        answer.put("description", told.about());
        var type = answer.putObject("content").putObject(told.gives());
        if (told.gives().startsWith("text/")) {
            type.putObject("schema").put("type", "string");
        }
        Responses.write(operation, takes != null);
    }
}
