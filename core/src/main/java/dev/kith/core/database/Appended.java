package dev.kith.core.database;

import java.util.Map;

/** What a commit put into the log: for each topic the shards that moved, as a bit set. */
public record Appended(Map<String, Long> shardsByTopic, long position) {

    public static final Appended NOTHING = new Appended(Map.of(), 0);

    boolean isNothing() {
        return shardsByTopic.isEmpty();
    }
}
