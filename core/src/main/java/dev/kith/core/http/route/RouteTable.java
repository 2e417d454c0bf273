package dev.kith.core.http.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that is mounted, as a tree of path segments. Immutable; a change makes another. */
public final class RouteTable {

    /** Takes the whole rest of a path. */
    static final String REST = "*";

    private final Node root = new Node();

    private static final class Node {
        final Map<String, Node> named = new HashMap<>();
        final Map<String, Choice> methods = new HashMap<>();
        final Map<String, Choice> restMethods = new HashMap<>();
        @Nullable Node variable;
    }

    /** What one method on one path does; for some a body of lines leads elsewhere. */
    public record Choice(@Nullable Target main, @Nullable Target lines) {

        Choice and(Target target) {
            var isLines = target.action() instanceof Target.Action.Lines;
            if ((isLines ? lines : main) != null) {
                throw new IllegalStateException(
                        "two routes are %s %s".formatted(target.method(), target.template()));
            }
            return isLines ? new Choice(main, target) : new Choice(target, lines);
        }
    }

    /**
     * A path that was found.
     *
     * @param values of the path variables, in order
     */
    public record Found(Map<String, Choice> methods, List<String> values) {

        /** For the {@code Allow} header. */
        public String allow() {
            var names = new TreeSet<>(methods.keySet());
            names.add("OPTIONS");
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            return String.join(", ", names);
        }
    }

    public RouteTable(Collection<Target> targets) {
        targets.forEach(this::add);
    }

    private void add(Target target) {
        var node = root;
        var methods = node.methods;
        for (var segment : Segments.of(target.template())) {
            if (segment.equals(REST)) {
                methods = node.restMethods;
            } else {
                node = child(node, segment);
                methods = node.methods;
            }
        }
        methods.merge(
                target.method(),
                new Choice(null, null).and(target),
                (before, one) -> before.and(target));
    }

    private static Node child(Node node, String segment) {
        if (!Segments.isVariable(segment)) {
            return node.named.computeIfAbsent(segment, name -> new Node());
        }
        if (node.variable == null) {
            node.variable = new Node();
        }
        return node.variable;
    }

    /**
     * @param segments percent-decoded
     */
    public @Nullable Found find(List<String> segments) {
        return find(root, segments, 0, new ArrayList<>(4));
    }

    // A name wins over a variable, and both over a rest.
    private static @Nullable Found find(Node node, List<String> path, int at, List<String> values) {
        if (at == path.size()) {
            return node.methods.isEmpty() ? null : new Found(node.methods, values);
        }
        var segment = path.get(at);
        var named = node.named.get(segment);
        if (named != null) {
            var found = find(named, path, at + 1, values);
            if (found != null) {
                return found;
            }
        }
        if (node.variable != null && !segment.isEmpty()) {
            values.add(segment);
            var found = find(node.variable, path, at + 1, values);
            if (found != null) {
                return found;
            }
            values.removeLast();
        }
        if (!node.restMethods.isEmpty() && Segments.areSafe(path.subList(at, path.size()))) {
            values.add(String.join("/", path.subList(at, path.size())));
            return new Found(node.restMethods, values);
        }
        return null;
    }
}
