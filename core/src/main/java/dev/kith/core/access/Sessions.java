package dev.kith.core.access;

import dev.kith.core.area.Area;
import dev.kith.core.database.Cause;
import dev.kith.core.database.SqlFailure;
import dev.kith.core.database.Tx;
import dev.kith.core.database.UnitOfWork;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One-time links into the console, and the sessions they open. */
public final class Sessions {

    public static final Duration LINK_FOR = Duration.ofMinutes(15);
    public static final Duration SESSION_FOR = Duration.ofHours(12);

    private static final String MAKE =
            "insert into kith.login_link (hash, expires_at) values (?, ?)";
    private static final String USE =
            "update kith.login_link set used_at = ?"
                    + " where hash = ? and used_at is null and expires_at > ?";
    private static final String OPEN =
            "insert into kith.session (hash, name, permissions, csrf, created_at, expires_at)"
                    + " values (?, 'admin', array['*'], ?, ?, ?)";
    private static final String CLOSE = "delete from kith.session where hash = ?";

    private final UnitOfWork work;
    private final Area core;

    Sessions(UnitOfWork work, Area core) {
        this.work = work;
        this.core = core;
    }

    /** The secret of a link to the console's sign-in page, good once and for 15 minutes. */
    public String makeLink() {
        return work.write(core, cause(), this::makeLink);
    }

    String makeLink(Tx tx) {
        var token = Credential.random();
        try (var insert = tx.connection().prepareStatement(MAKE)) {
            insert.setBytes(1, Credential.ofSession(token).hash());
            insert.setTimestamp(2, Timestamp.from(tx.now().plus(LINK_FOR)));
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
        try {
            var now = tx.now();
            if (!use(tx, link, now)) {
                return Optional.empty();
            }
            var token = Credential.random();
            try (var insert = tx.connection().prepareStatement(OPEN)) {
                insert.setBytes(1, Credential.ofSession(token).hash());
                insert.setString(2, Credential.random());
                insert.setTimestamp(3, Timestamp.from(now));
                insert.setTimestamp(4, Timestamp.from(now.plus(SESSION_FOR)));
                insert.executeUpdate();
            }
            return Optional.of(token);
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private static boolean use(Tx tx, Credential link, Instant now) throws SQLException {
        try (var update = tx.connection().prepareStatement(USE)) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setBytes(2, link.hash());
            update.setTimestamp(3, Timestamp.from(now));
            return update.executeUpdate() == 1;
        }
    }

    /** Ends a session. */
    public void close(String token) {
        work.write(
                core,
                cause(),
                tx -> {
                    try (var delete = tx.connection().prepareStatement(CLOSE)) {
                        delete.setBytes(1, Credential.ofSession(token).hash());
                        return delete.executeUpdate();
                    } catch (SQLException e) {
                        throw new SqlFailure(e);
                    }
                });
    }

    /** Where the console's sign-in page is, with the link's secret. */
    public static String path(String link) {
        return "/console/sign-in?token=" + link;
    }

    private static Cause cause() {
        return Cause.of(Area.CORE, Cause.Kind.REQUEST, null);
    }
}
