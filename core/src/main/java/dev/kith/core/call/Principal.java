package dev.kith.core.call;

import dev.kith.api.Actor;
import dev.kith.api.Permission;
import dev.kith.core.database.Cause;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whoever calls, and what they may do.
 *
 * @param source what their events say they come from: the name of the key
 * @param scope whose idempotency keys these are; never reused for somebody else
 * @param permissions names, or {@code *} for all
 * @param topics that may be published from outside, or {@code *} for all
 * @param session only of a person at the console
 */
public record Principal(
        Actor actor,
        String source,
        String scope,
        Set<String> permissions,
        Set<String> topics,
        @Nullable Session session) {

    /** Stands for every permission, or every topic. */
    public static final String ALL = "*";

    public static final String KEY_SCOPE = "key:";

    /**
     * A console session.
     *
     * @param csrf what every form and every unsafe request repeats
     * @param key with whose end it ends: the one that made the link which opened it; null if that
     *     was the operator's
     */
    public record Session(String csrf, Instant expiresAt, @Nullable UUID key) {}

    public Principal {
        permissions = Set.copyOf(permissions);
        topics = Set.copyOf(topics);
    }

    /** The operator, by the administrator's key. */
    public static Principal administrator() {
        return new Principal(
                new Actor(Actor.Kind.KEY, "admin"),
                "admin",
                "admin",
                Set.of(ALL),
                Set.of(ALL),
                null);
    }

    /** Somebody without a key, on a public route. */
    public static Principal anonymous(String area) {
        return new Principal(
                new Actor(Actor.Kind.ANONYMOUS, "public"),
                "public-" + area,
                "public",
                Set.of(),
                Set.of(),
                null);
    }

    public boolean may(Permission permission) {
        return may(permission.name());
    }

    public boolean may(String permission) {
        return permissions.contains(ALL) || permissions.contains(permission);
    }

    public boolean mayPublish(String topic) {
        return topics.contains(ALL) || topics.contains(topic);
    }

    /** Whether this is the operator's own key, which no rate limit holds back. */
    public boolean isAdministrator() {
        return scope.equals("admin");
    }

    /** The key on which all this rests; empty if that is the operator's, or none. */
    public Optional<UUID> key() {
        if (session != null) {
            return Optional.ofNullable(session.key());
        }
        return scope.startsWith(KEY_SCOPE)
                ? Optional.of(UUID.fromString(scope.substring(KEY_SCOPE.length())))
                : Optional.empty();
    }

    public Optional<Session> console() {
        return Optional.ofNullable(session);
    }

    /** Why work for this caller runs. */
    public Cause cause(UUID requestId) {
        return new Cause(actor, source, Cause.Kind.REQUEST, requestId);
    }
}
