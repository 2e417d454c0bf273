package dev.kith.testkit;

import dev.kith.api.Permission;
import dev.kith.core.registry.Parts;
import dev.kith.core.registry.RouteSpec;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a plugin declares to others, as a text that shows every change in review. */
final class Declarations {

    private final StringBuilder text = new StringBuilder();
    private final Set<Class<?>> records = new LinkedHashSet<>();

    private Declarations() {}

    static String of(Parts parts) {
        var document = new Declarations();
        document.section("Routes", parts.routes().stream().map(document::route).toList());
        document.section(
                "Topics",
                parts.topics().stream()
                        .map(topic -> topic.name() + " " + document.type(topic.payload()))
                        .toList());
        document.section(
                "Subscriptions",
                parts.subscriptions().stream()
                        .map(s -> s.name() + " to " + s.topic() + " " + document.type(s.payload()))
                        .toList());
        document.section(
                "Facts",
                parts.facts().stream()
                        .map(fact -> fact.name() + " " + fact.type().getSimpleName())
                        .toList());
        document.section(
                "Pages",
                parts.pages().stream().map(page -> page.kind() + " " + page.path()).toList());
        document.section(
                "Forms",
                parts.forms().stream()
                        .map(form -> form.path() + " takes " + document.type(form.in()))
                        .toList());
        document.section("Records", document.types());
        return document.text.toString();
    }

    private void section(String title, Collection<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append('\n');
            new TreeSet<>(lines).forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    private String route(RouteSpec route) {
        var line = new StringBuilder(route.method() + " " + route.path());
        line.append(" ").append(route.permission().map(Permission::name).orElse("public"));
        route.in().ifPresent(in -> line.append(" takes ").append(type(in)));
        route.out().ifPresent(out -> line.append(" answers ").append(type(out)));
        route.queries().forEach(q -> line.append(" ?").append(q.name()));
        if (!route.errors().isEmpty()) {
            line.append(" fails ").append(route.errors());
        }
        return line.toString();
    }

    private String type(Class<?> type) {
        if (type.isRecord() && records.add(type)) {
            for (var component : type.getRecordComponents()) {
                nested(component);
            }
        }
        return type.getSimpleName();
    }

    private void nested(RecordComponent component) {
        var generic = component.getGenericType();
        if (generic instanceof java.lang.reflect.ParameterizedType parameterized) {
            for (var argument : parameterized.getActualTypeArguments()) {
                if (argument instanceof Class<?> of) {
                    type(of);
                }
            }
        } else {
            type(component.getType());
        }
    }

    private List<String> types() {
        return records.stream().map(Declarations::shape).toList();
    }

    private static String shape(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> plain(component.getAnnotatedType() + " " + component.getName()))
                .collect(Collectors.joining(", ", type.getSimpleName() + "(", ")"));
    }

    // Without packages, and without what is in annotations: its order is not always the same.
    private static String plain(String component) {
        return component
                .replaceAll("\\([^)]*\\)", "")
                .replaceAll("\\b([a-z][a-zA-Z0-9]*\\.)+(?=[A-Z])", "");
    }
}
