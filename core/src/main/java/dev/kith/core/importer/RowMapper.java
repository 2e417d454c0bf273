package dev.kith.core.importer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A mapping bound to the columns of one file: makes of each row what is to be sent. */
final class RowMapper {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Columns columns;
    private final String file;
    private final String source;
    private final ZoneId zone;
    private final List<String> wrong = new ArrayList<>();
    private final Optional<Who> customer;
    private final List<What> events;

    private record Who(Template source, Template id, @Nullable Tree fields) {}

    private record What(
            Template topic,
            Optional<Who> customer,
            Template key,
            Optional<Template> occurredAt,
            Map<Template, Pattern> when,
            Tree data) {}

    /**
     * @throws ImportFailure naming every place where mapping and columns do not fit
     */
    RowMapper(Mapping mapping, Columns columns, String file, ZoneId zone) {
        this.columns = columns;
        this.file = file;
        this.zone = mapping.zoneOr(zone);
        source = mapping.source() == null ? Mapping.SOURCE : mapping.source();
        customer = Optional.ofNullable(mapping.customer()).map(w -> who(w, "customer"));
        events = new ArrayList<>();
        for (var what : mapping.whatHappened()) {
            events.add(what(what, "events." + events.size()));
        }
        if (!wrong.isEmpty()) {
            throw new ImportFailure(String.join("\n", wrong));
        }
    }

    /**
     * @throws RowFailure if the row cannot mean what the mapping says
     */
    MappedRow map(Row row) {
        check(row);
        var who = customer.map(w -> identity(w, row));
        Optional<ObjectNode> fields = Optional.empty();
        if (customer.isPresent() && customer.get().fields() != null) {
            fields = Optional.of(fields(customer.get(), row));
        }
        var happened = new ArrayList<ObjectNode>();
        for (var what : events) {
            if (what.when().entrySet().stream()
                    .allMatch(e -> e.getValue().matcher(e.getKey().text(row)).matches())) {
                happened.add(event(what, who, row));
            }
        }
        var order =
                who.or(() -> happened.isEmpty() ? Optional.empty() : whoOf(happened.getFirst()));
        return new MappedRow(row, order.map(ObjectNode::toString).orElse(""), fields, happened);
    }

    private void check(Row row) {
        if (row.isWrong()) {
            throw new RowFailure(row.wrong());
        }
        if (columns.count() != 0 && row.fields().size() != columns.count()) {
            throw new RowFailure(
                    "has %d columns instead of %d".formatted(row.fields().size(), columns.count()));
        }
        if (row.original().indexOf('\0') >= 0) {
            throw new RowFailure("has a NUL character, which is no text");
        }
    }

    private static ObjectNode identity(Who who, Row row) {
        var id = who.id().text(row);
        if (id.isBlank()) {
            throw new RowFailure("the customer's id is empty");
        }
        return JSON.objectNode().put("source", who.source().text(row)).put("id", id);
    }

    private static ObjectNode fields(Who who, Row row) {
        var identity = identity(who, row);
        var line = JSON.objectNode();
        line.set("source", identity.get("source"));
        line.set("id", identity.get("id"));
        var tree = who.fields();
        if (tree != null && tree.value(row) instanceof ObjectNode fields) {
            line.setAll(fields);
        }
        return line;
    }

    private ObjectNode event(What what, Optional<ObjectNode> who, Row row) {
        var event = JSON.objectNode();
        event.put("topic", what.topic().text(row));
        event.put("source", source);
        event.put("key", what.key().text(row));
        what.customer()
                .map(w -> identity(w, row))
                .or(() -> who)
                .ifPresent(identity -> event.set("customer", identity));
        what.occurredAt()
                .map(template -> template.value(row))
                .ifPresent(at -> {
                    if (at.isMissingNode()) {
                        throw new RowFailure("occurredAt is empty");
                    }
                    event.set("occurredAt", at);
                });
        var data = what.data().value(row);
        event.set("data", data.isMissingNode() ? JSON.objectNode() : data);
        return event;
    }

    private static Optional<ObjectNode> whoOf(ObjectNode event) {
        return Optional.ofNullable((ObjectNode) event.get("customer"));
    }

    private Who who(Mapping.Who who, String place) {
        var fields = who.fields();
        return new Who(
                template(who.source(), place + ".source"),
                template(who.id(), place + ".id"),
                fields == null ? null : Tree.of(fields, place + ".fields", this::template));
    }

    private What what(Mapping.What what, String place) {
        var when = new LinkedHashMap<Template, Pattern>();
        if (what.when() != null) {
            what.when().forEach((t, p) -> when.put(template(t, place), pattern(p, place)));
        }
        return new What(
                template(what.topic(), place + ".topic"),
                Optional.ofNullable(what.customer()).map(w -> who(w, place + ".customer")),
                template(what.key() == null ? "${#file}:${#line}" : what.key(), place + ".key"),
                Optional.ofNullable(what.occurredAt())
                        .map(text -> template(text, place + ".occurredAt")),
                when,
                what.data() == null
                        ? row -> JSON.missingNode()
                        : Tree.of(what.data(), place + ".data", this::template));
    }

    private Pattern pattern(String text, String place) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            wrong.add(place + ".when: is no regular expression: " + text);
            return Pattern.compile("");
        }
    }

    private Template template(String text, String place) {
        try {
            return Template.parse(text, columns, file, zone);
        } catch (IllegalArgumentException | DateTimeException e) {
            wrong.add(place + ": " + e.getMessage());
            return Template.parse("", columns, file, zone);
        }
    }
}
