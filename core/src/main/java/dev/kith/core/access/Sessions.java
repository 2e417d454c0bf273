package dev.kith.core.access;

import dev.kith.api.Actor;
import dev.kith.core.area.Area;
import dev.kith.core.call.Principal;
import dev.kith.core.database.Cause;
import dev.kith.core.database.Ids;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import dev.kith.core.failure.SqlFailure;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Optional;

/** One-time links into the console, and the sessions they open. */
public final class Sessions {

    public static final Duration LINK_FOR = Duration.ofMinutes(15);
    public static final Duration SESSION_FOR = Duration.ofHours(12);

    private static final String MAKE =
            "insert into kith.login_link (hash, expires_at, name, permissions, key_id)"
                    + " values (?, ?, ?, ?, ?)";
    private static final String OPEN =
            "with used as (update kith.login_link set used_at = ?"
                    + " where hash = ? and used_at is null and expires_at > ?"
                    + " and (key_id is null or exists (select from kith.api_key k"
                    + " where k.id = key_id and k.revoked_at is null"
                    + " and (k.expires_at is null or k.expires_at > ?)))"
                    + " returning name, permissions, key_id)"
                    + " insert into kith.session (hash, name, permissions, key_id, csrf, created_at,"
                    + " expires_at) select ?, name, permissions, key_id, ?, ?, ? from used"
                    + " returning name";
    private static final String CLOSE = "delete from kith.session where hash = ? returning name";
    private static final String AUDIT =
            "insert into kith.audit (id, at, actor, action, subject)"
                    + " values (?, ?, ?, ?, '/console')";

    private final UnitOfWork work;
    private final Area core;

    Sessions(UnitOfWork work, Area core) {
        this.work = work;
        this.core = core;
    }

    /**
     * The secret of a link to the console's sign-in page, good once and for 15 minutes. For the
     * operator, at the server itself.
     */
    public String makeLink() {
        return work.write(core, cause(), tx -> makeLink(tx, Principal.administrator()));
    }

    /**
     * @param maker whoever uses the link may do what its maker may, and is called the same, as long
     *     as the maker's key is good
     */
    String makeLink(Tx tx, Principal maker) {
        var token = Credential.random();
        try (var insert = tx.connection().prepareStatement(MAKE)) {
            insert.setBytes(1, Credential.ofSession(token).hash());
            insert.setTimestamp(2, Timestamp.from(tx.now().plus(LINK_FOR)));
            insert.setString(3, maker.actor().name());
            var permissions = maker.permissions().toArray();
            insert.setArray(4, tx.connection().createArrayOf("text", permissions));
            insert.setObject(5, maker.key().orElse(null));
            insert.executeUpdate();
            return token;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Uses up a link; the secret of the session, or empty if the link is no good. */
    public Optional<String> open(String link) {
        return work.write(core, cause(), tx -> open(tx, Credential.ofSession(link)));
    }

    private static Optional<String> open(Tx tx, Credential link) {
        var token = Credential.random();
        try (var insert = tx.connection().prepareStatement(OPEN)) {
            var now = Timestamp.from(tx.now());
            insert.setTimestamp(1, now);
            insert.setBytes(2, link.hash());
            insert.setTimestamp(3, now);
            insert.setTimestamp(4, now);
            insert.setBytes(5, Credential.ofSession(token).hash());
            insert.setString(6, Credential.random());
            insert.setTimestamp(7, now);
            insert.setTimestamp(8, Timestamp.from(tx.now().plus(SESSION_FOR)));
            return audited(tx, insert, "signIn").map(name -> token);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Ends a session. */
    public void close(String token) {
        work.write(core, cause(), tx -> close(tx, Credential.ofSession(token)));
    }

    private static Optional<String> close(Tx tx, Credential session) {
        try (var delete = tx.connection().prepareStatement(CLOSE)) {
            delete.setBytes(1, session.hash());
            return audited(tx, delete, "signOut");
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    /** Runs what says whose session it is, and writes that down; empty if there was none. */
    private static Optional<String> audited(Tx tx, PreparedStatement statement, String action)
            throws SQLException {
        try (var row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            var name = row.getString(1);
            try (var insert = tx.connection().prepareStatement(AUDIT)) {
                insert.setObject(1, Ids.next());
                insert.setTimestamp(2, Timestamp.from(tx.now()));
                insert.setString(3, new Actor(Actor.Kind.USER, name).toString());
                insert.setString(4, action);
                insert.executeUpdate();
            }
            return Optional.of(name);
        }
    }

    /** Where the console's sign-in page is, with the link's secret. */
    public static String path(String link) {
        return "/console/sign-in?token=" + link;
    }

    private static Cause cause() {
        return Cause.of(Area.CORE, Cause.Kind.REQUEST, null);
    }
}
