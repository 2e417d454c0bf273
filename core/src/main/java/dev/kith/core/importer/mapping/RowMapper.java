package dev.kith.core.importer.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kith.core.importer.text.ImportFailure;
import dev.kith.core.importer.text.Row;
import dev.kith.core.words.Words;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A mapping bound to the columns of one file: makes of each row what is to be sent. */
public final class RowMapper {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Columns columns;
    private final String file;
    private final String source;
    private final ZoneId zone;
    private final List<String> wrong = new ArrayList<>();
    private final Optional<Who> customer;
    private final List<What> events;
    private final Groups groups = new Groups();

    private record Who(Template source, Template id, @Nullable Tree fields) {}

    private record What(
            Template topic,
            Optional<Who> customer,
            Template key,
            Optional<Template> occurredAt,
            Map<Template, Pattern> when,
            Optional<Template> group,
            List<String> sums,
            Tree data) {}

    /**
     * @throws ImportFailure naming every place where mapping and columns do not fit
     */
    public RowMapper(Mapping mapping, Columns columns, String file, ZoneId zone) {
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
     * What is to be sent, of the row and of a group that has come to its end with it.
     */
    public List<MappedRow> map(Row row) {
        var rows = new ArrayList<MappedRow>(2);
        groups.next().ifPresent(rows::add);
        try {
            mapped(row).ifPresent(rows::add);
        } catch (RowFailure e) {
            // What ended before it is not to blame.
            rows.add(MappedRow.refused(row, "", e.reason()));
        }
        return rows;
    }

    /** The groups that are open when the file has come to its end. */
    public List<MappedRow> rest() {
        return groups.rest();
    }

    /** The first line that waits for the end of its group. */
    public OptionalLong firstOpenLine() {
        return groups.firstOpenLine();
    }

    private Optional<MappedRow> mapped(Row row) {
        check(row);
        var happened = events.stream().filter(what -> fits(what, row)).toList();
        var grouped = happened.stream().filter(what -> what.group().isPresent()).toList();
        if (grouped.isEmpty()) {
            return Optional.of(mapped(row, happened));
        }
        if (grouped.size() > 1) {
            throw RowFailure.because("twoGroups");
        }
        var what = grouped.getFirst();
        var key = what.topic().text(row) + " " + what.group().map(by -> by.text(row)).orElse("");
        try {
            var rest = mapped(row, happened.stream().filter(w -> w.group().isEmpty()).toList());
            var part = event(what, customer.map(w -> identity(w, row)), row);
            var order =
                    rest.order().isEmpty() ? order(Optional.empty(), List.of(part)) : rest.order();
            var whole = new MappedRow(row, order, rest.customer(), rest.events(), "");
            return groups.add(key, whole, part, what.sums());
        } catch (RowFailure e) {
            groups.spoil(key);
            throw e;
        }
    }

    private MappedRow mapped(Row row, List<What> happened) {
        var who = customer.map(w -> identity(w, row));
        Optional<ObjectNode> fields = Optional.empty();
        if (customer.isPresent() && customer.get().fields() != null) {
            fields = Optional.of(fields(customer.get(), row));
        }
        var recorded = happened.stream().map(what -> event(what, who, row)).toList();
        return new MappedRow(row, order(who, recorded), fields, recorded, "");
    }

    private static String order(Optional<ObjectNode> identity, List<ObjectNode> happened) {
        return identity.or(() -> happened.isEmpty() ? Optional.empty() : whoOf(happened.getFirst()))
                // No row has a NUL, so nobody is taken for somebody else.
                .map(who -> who.get("source").asText() + '\0' + who.get("id").asText())
                .orElse("");
    }

    private static boolean fits(What what, Row row) {
        return what.when().entrySet().stream()
                .allMatch(e -> e.getValue().matcher(e.getKey().text(row)).matches());
    }

    private void check(Row row) {
        if (row.isWrong()) {
            throw RowFailure.of(row);
        }
        if (columns.count() != 0 && row.fields().size() != columns.count()) {
            throw RowFailure.because("wrongColumns", row.fields().size(), columns.count());
        }
        if (row.original().indexOf('\0') >= 0) {
            throw RowFailure.because("hasNul");
        }
    }

    private static ObjectNode identity(Who who, Row row) {
        var id = who.id().text(row);
        if (id.isBlank()) {
            throw RowFailure.because("emptyCustomerId");
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
                        throw RowFailure.because("emptyOccurredAt");
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
                Optional.ofNullable(what.group())
                        .map(group -> template(group.by(), place + ".group.by")),
                what.group() == null ? List.of() : what.group().sums(),
                what.data() == null
                        ? row -> JSON.missingNode()
                        : Tree.of(what.data(), place + ".data", this::template));
    }

    private Pattern pattern(String text, String place) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            wrong.add(place + ".when: " + Words.of("import.noExpression", text));
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
