package dev.kith.core.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kith.core.cli.tell.Output;
import dev.kith.core.client.Remote;
import dev.kith.core.words.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a new key names and nobody has now. That is no mistake when the plugin is switched on later,
 * so the key is made all the same.
 */
final class KeyWarnings {

    private static final String ALL = "*";

    private KeyWarnings() {}

    static List<String> of(Remote remote, List<String> permissions, List<String> topics) {
        var warnings = new ArrayList<String>();
        var unknown = missing(remote, "/api/v1/permissions", permissions, item -> true);
        if (!unknown.isEmpty()) {
            warnings.add(Words.of("unknownPermissions", unknown));
        }
        var closed =
                missing(
                        remote,
                        "/api/v1/topics",
                        topics,
                        item -> item.path("external").asBoolean());
        if (!closed.isEmpty()) {
            warnings.add(Words.of("closedTopics", closed));
        }
        return warnings;
    }

    private static String missing(
            Remote remote, String path, List<String> wanted, Predicate<JsonNode> counts) {
        var missing = new LinkedHashSet<>(wanted);
        missing.remove(ALL);
        if (!missing.isEmpty()) {
            for (var item : Output.items(remote, path)) {
                if (counts.test(item)) {
                    missing.remove(item.path("name").asText());
                }
            }
        }
        return String.join(", ", missing);
    }
}
