package dev.kith.core.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a schema has which a program could count on, as the database's catalogue tells it. */
final class Shape {

    private final Map<String, Thing> things;

    private Shape(Map<String, Thing> things) {
        this.things = things;
    }

    static Shape of(Connection connection, String schema) throws SQLException {
        // Names are written out or not as the path has it, and a migration may change that.
        var path = path(connection, "");
        var shape = read(connection, schema);
        path(connection, path);
        return shape;
    }

    private static Shape read(Connection connection, String schema) throws SQLException {
        try (var select = connection.prepareStatement(Catalogue.THINGS)) {
            select.setString(1, schema);
            var things = new LinkedHashMap<String, Thing>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    things.put(row.getString("key"), Thing.of(row));
                }
            }
            return new Shape(things);
        }
    }

    private static String path(Connection connection, String path) throws SQLException {
        try (var select = connection.prepareStatement(Catalogue.SET_PATH)) {
            select.setString(1, path);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** What somebody who knows this shape would miss or run into once it is another one. */
    List<Loss> losses(Shape after) {
        var losses = new ArrayList<Loss>();
        things.forEach((key, thing) -> {
            var is = after.things.get(key);
            if (is != null) {
                changed(thing, is, losses);
            } else if (!isGone(thing.table(), after)) {
                losses.add(thing.lost("%s is gone".formatted(thing.label())));
            }
        });
        after.things.forEach((key, thing) -> {
            if (!things.containsKey(key) && things.containsKey(relation(thing.table()))) {
                added(thing, losses);
            }
        });
        return List.copyOf(losses);
    }

    // Of a table that is gone its columns need no mention.
    private boolean isGone(String table, Shape after) {
        return things.containsKey(relation(table)) && !after.things.containsKey(relation(table));
    }

    private static void changed(Thing was, Thing is, List<Loss> losses) {
        if (!was.shape().equals(is.shape()) && !Widening.is(was.shape(), is.shape())) {
            losses.add(
                    was.lost(
                            "%s was %s and becomes %s"
                                    .formatted(was.label(), was.shape(), is.shape())));
        } else if (was.file() != is.file()) {
            losses.add(
                    was.lost(
                            "%s is emptied, or written anew and locked meanwhile"
                                    .formatted(was.label())));
        } else if (is.deleted() > was.deleted()) {
            losses.add(was.lost("rows of %s are deleted".formatted(was.label())));
        }
    }

    private void added(Thing is, List<Loss> losses) {
        var bound = is.binds().stream().anyMatch(c -> things.containsKey(column(is.table(), c)));
        if (bound || !is.spares()) {
            losses.add(is.lost("%s is new: %s".formatted(is.label(), is.shape())));
        }
    }

    private static String relation(String name) {
        return "relation " + name;
    }

    private static String column(String table, String name) {
        return "column %s.%s".formatted(table, name);
    }
}
