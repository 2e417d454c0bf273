package dev.kith.core.console.rooms;

import dev.kith.api.Read;
import dev.kith.api.Request;
import dev.kith.api.View;
import dev.kith.core.access.AccessPlugin;
import dev.kith.core.access.KeyView;
import dev.kith.core.console.PageRequest;
import dev.kith.core.feed.Feed;
import dev.kith.core.feed.TopicView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The keys of the systems that call the API: who has which, a new one, one taken back. */
public final class KeyRoom {

    private final AccessPlugin access;
    private final Feed feed;

    KeyRoom(AccessPlugin access, Feed feed) {
        this.access = access;
        this.feed = feed;
    }

    /**
     * A key in the list.
     *
     * @param state a text key below {@code console.keys}
     */
    public record Line(KeyView key, String state) {

        static Line of(KeyView key, Instant now) {
            var expires = key.expiresAt();
            if (key.revokedAt() != null) {
                return new Line(key, "revoked");
            }
            return new Line(key, expires != null && !expires.isAfter(now) ? "expired" : "active");
        }
    }

    /** A group of permissions, those of one area or of one thing of core's. */
    public record Group(String name, List<AccessPlugin.PermissionView> permissions) {

        public Group {
            permissions = List.copyOf(permissions);
        }
    }

    View show(Read read, Request request) {
        var page = ((PageRequest) request).whole();
        var keys = access.keys(read, page);
        var manage = request.may(AccessPlugin.WRITE_KEYS);
        return new View(
                "console/keys.jte",
                Map.of(
                        "lines",
                        keys.items().stream().map(key -> Line.of(key, read.now())).toList(),
                        "next",
                        keys.next() == null ? "" : "/console/keys?after=" + keys.next(),
                        "manage",
                        manage,
                        "groups",
                        manage ? groups(read, page) : List.of(),
                        "topics",
                        manage ? topics(read, page) : List.of()));
    }

    // Nobody can give what they do not hold, so it is not offered.
    private List<Group> groups(Read read, PageRequest page) {
        var byArea = new java.util.TreeMap<String, List<AccessPlugin.PermissionView>>();
        access.permissions(read, page.fromTheStart()).items().stream()
                .filter(each -> page.principal().may(each.name()))
                .forEach(each ->
                        byArea.computeIfAbsent(
                                        each.name().substring(0, each.name().indexOf(':')),
                                        area -> new java.util.ArrayList<>())
                                .add(each));
        return byArea.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<String> topics(Read read, PageRequest page) {
        return feed.topics(read, page.fromTheStart()).items().stream()
                .filter(TopicView::external)
                .map(TopicView::name)
                .toList();
    }
}
