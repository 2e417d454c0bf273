package dev.kith.core.access;

import dev.kith.api.Actor;
import dev.kith.api.Secret;
import dev.kith.core.area.Area;
import dev.kith.core.call.Principal;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Reading;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Knows who calls. */
public final class Access {

    private static final String KEY =
            "select id, name, permissions, topics, expires_at from kith.api_key where hash = ?"
                    + " and revoked_at is null and (expires_at is null or expires_at > ?)";
    private static final String SESSION =
            "select s.name, s.permissions, s.csrf, s.key_id,"
                    + " least(s.expires_at, k.expires_at) as expires_at from kith.session s"
                    + " left join kith.api_key k on k.id = s.key_id"
                    + " where s.hash = ? and least(s.expires_at, k.expires_at) > ?"
                    + " and (s.key_id is null or (k.id is not null and k.revoked_at is null))";

    /** What a look-up found: somebody, or nobody. */
    public record Known(@Nullable Principal principal) {}

    /** Somebody, and until when their key or session is good; null is for ever. */
    private record Holder(Principal principal, @Nullable Instant expiresAt) {}

    private final UnitOfWork work;
    private final Area core;
    private final List<Credential> administrators;
    private final KnownCallers known = new KnownCallers();
    private final Sessions sessions;

    /**
     * @param administrators keys that the operator's settings and data folder hold; the start warns
     *     of a short one
     */
    public Access(UnitOfWork work, Area core, List<Secret> administrators) {
        this.work = work;
        this.core = core;
        this.administrators = administrators.stream().map(Access::administrator).toList();
        this.sessions = new Sessions(work, core);
    }

    private static Credential administrator(Secret key) {
        return Credential.of(Credential.Kind.KEY, key.reveal());
    }

    /** Who it is, as far as can be said without asking the database; null if it must be asked. */
    public @Nullable Known known(Credential credential) {
        // Hashes are compared, so the time it takes says nothing about the key.
        if (administrators.contains(credential)) {
            return new Known(Principal.administrator());
        }
        return known.find(credential, work.clock().instant());
    }

    /**
     * Who it is by now, for what goes on for long: as for a new request, what was revoked on another
     * node is noticed within ten seconds. May ask the database.
     */
    public Optional<Principal> stillKnown(Credential credential) {
        var found = known(credential);
        return found == null ? lookUp(credential) : Optional.ofNullable(found.principal());
    }

    /** Who it is; asks the database. */
    public Optional<Principal> lookUp(Credential credential) {
        var found =
                work.read(
                        core,
                        Cause.of(Area.CORE, Cause.Kind.REQUEST, null),
                        reading -> lookUp(reading, credential));
        known.put(
                credential,
                new Known(found.map(Holder::principal).orElse(null)),
                found.map(Holder::expiresAt).orElse(null));
        return found.map(Holder::principal);
    }

    private static Optional<Holder> lookUp(Reading reading, Credential credential) {
        var sql =
                switch (credential.kind()) {
                    case KEY -> KEY;
                    case SESSION -> SESSION;
                };
        try (var select = reading.connection().prepareStatement(sql)) {
            select.setBytes(1, credential.hash());
            select.setTimestamp(2, Timestamp.from(reading.now()));
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var principal =
                        switch (credential.kind()) {
                            case KEY -> key(row);
                            case SESSION -> session(row);
                        };
                var expiresAt = row.getTimestamp("expires_at");
                return Optional.of(
                        new Holder(principal, expiresAt == null ? null : expiresAt.toInstant()));
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static Principal key(ResultSet row) throws SQLException {
        var name = row.getString("name");
        return new Principal(
                new Actor(Actor.Kind.KEY, name),
                name,
                Principal.KEY_SCOPE + row.getString("id"),
                texts(row, "permissions"),
                texts(row, "topics"),
                null);
    }

    private static Principal session(ResultSet row) throws SQLException {
        var name = row.getString("name");
        return new Principal(
                new Actor(Actor.Kind.USER, name),
                "console",
                "user:" + name,
                texts(row, "permissions"),
                Set.of(),
                new Principal.Session(
                        row.getString("csrf"),
                        row.getTimestamp("expires_at").toInstant(),
                        row.getObject("key_id", UUID.class)));
    }

    private static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }

    /** Takes no notice any more of what was looked up before: something was revoked. */
    void forget() {
        known.forget();
    }

    /** Ends a session; other nodes take notice within ten seconds. */
    public void signOut(String token) {
        sessions.close(token);
        forget();
    }

    /** Links and sessions of the console. */
    public Sessions sessions() {
        return sessions;
    }
}
