package dev.kith.core.console.rooms;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the list of customers was asked for, as the form shows it again. */
public record CustomerSearch(String q, String kind, String stage, String tag, String sort) {

    public static final List<String> KINDS = List.of("person", "organization");
    public static final List<String> STAGES =
            List.of("potential", "new", "repeat", "loyal", "atRisk", "lost", "recovered");
    public static final List<String> SORTS =
            List.of("-createdAt", "createdAt", "name", "-updatedAt");

    /** A search is answered from an index in these orders alone. */
    public static final List<String> SORTS_OF_SEARCH = List.of("-createdAt", "createdAt");

    /** The same list behind a cursor. */
    public String after(String cursor) {
        var query = new StringBuilder("/console/customers?after=").append(encode(cursor));
        add(query, "q", q);
        add(query, "kind", kind);
        add(query, "stage", stage);
        add(query, "tag", tag);
        add(query, "sort", sort);
        return query.toString();
    }

    private static void add(StringBuilder query, String name, String value) {
        if (!value.isEmpty()) {
            query.append('&').append(name).append('=').append(encode(value));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
