package dev.kith.core.connections;

import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As whom each plugin is in the database: a role of its own, that owns the plugin's schema and may
 * do elsewhere what {@code V9__plugin_roles.sql} lets it, and no more. It logs in as that role; a
 * {@code set role} within core's sessions could be taken back by the plugin. Where there is no such
 * role and this user may not make it, the plugin works as core.
 */
public final class Logins {

    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    private static final String WRONG_PASSWORD = "28P01";

    private static final String SECRET = "select secret from kith.login_secret";
    private static final String NAME = "select kith.role_name(?)";
    private static final String MAY_CREATE = "select kith.may_create_roles()";
    private static final String GROUP_SQL = "select * from kith.group_sql()";
    private static final String LOGIN_SQL = "select * from kith.login_sql(?, ?, ?::jsonb)";
    private static final String MAKE_GROUP = "select kith.make_group()";
    private static final String LET_IN = "select kith.let_plugins_in()";
    private static final String MAKE_LOGIN = "select kith.make_login(?, ?, ?::jsonb)";
    private static final String SET_PASSWORD = "select kith.set_password(?, ?)";
    private static final String GIVE_SCHEMA = "select kith.give_schema(?)";

    private final DatabaseAddress core;
    private final String limits;
    private final Map<String, DatabaseAddress> known = new ConcurrentHashMap<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param limits settings that hold in every session of a plugin
     */
    public Logins(DatabaseAddress core, Map<String, String> limits) {
        this.core = core;
        this.limits = json(limits);
    }

    /** Names and values are constants that need no escapes. */
    private static String json(Map<String, String> limits) {
        var pairs = new ArrayList<String>();
        limits.forEach((name, value) -> pairs.add("\"%s\": \"%s\"".formatted(name, value)));
        return "{" + String.join(", ", pairs) + "}";
    }

    /**
     * Makes what a plugin lacks to be somebody of its own, and gives it its schema.
     *
     * @return as whom it works
     */
    public DatabaseAddress prepare(String plugin) {
        try (var connection = core.connect()) {
            var address = new DatabaseAddress(core.jdbcUrl(), name(connection, plugin), "");
            address = address.with(password(connection, address.user()));
            var found = prepare(connection, plugin, address) ? address : core;
            known.put(plugin, found);
            return found;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private boolean prepare(Connection connection, String plugin, DatabaseAddress address)
            throws SQLException {
        var mayCreate = mayCreate(connection);
        if (mayCreate) {
            call(connection, MAKE_GROUP);
            call(connection, MAKE_LOGIN, plugin, Scram.verifier(address.password()), limits);
        } else if (!missing(connection, plugin).isEmpty()) {
            warn(plugin, core.user() + " may not create roles");
            return false;
        }
        call(connection, LET_IN);
        call(connection, GIVE_SCHEMA, plugin);
        return letsIn(connection, plugin, address, mayCreate);
    }

    private boolean letsIn(
            Connection connection, String plugin, DatabaseAddress address, boolean mayCreate)
            throws SQLException {
        try (var own = address.connect()) {
            return own.isValid(0);
        } catch (SQLException e) {
            if (mayCreate && WRONG_PASSWORD.equals(e.getSQLState())) {
                call(connection, SET_PASSWORD, plugin, Scram.verifier(address.password()));
                return letsIn(connection, plugin, address, false);
            }
            // A refusal is about this role; anything else would stop core as well.
            if (!e.getSQLState().startsWith("28")) {
                throw e;
            }
            warn(plugin, address.user() + " may not log in, SQLSTATE " + e.getSQLState());
            return false;
        }
    }

    // Once in full; what it means is the same for all of them.
    private void warn(String plugin, String why) {
        if (warned.getAndSet(true)) {
            log.warn("plugin {} has no database role of its own either: {}", plugin, why);
            return;
        }
        log.warn(
                "plugin {} has no database role of its own, so nothing but its own good manners"
                        + " keeps it from core's tables and other plugins': {}; ./kith database"
                        + " roles prints the SQL for whoever may change that",
                plugin,
                why);
    }

    /**
     * As whom a plugin works that has been prepared.
     *
     * @throws IllegalStateException if it has not been
     */
    public DatabaseAddress of(String plugin) {
        var address = known.get(plugin);
        if (address == null) {
            throw new IllegalStateException(plugin + " has not been prepared");
        }
        return address;
    }

    /** What is still to be said by whoever may, so that these plugins are somebody of their own. */
    public List<String> missing(Collection<String> plugins) {
        try (var connection = core.connect()) {
            var statements = new ArrayList<>(texts(connection, GROUP_SQL));
            for (var plugin : plugins) {
                statements.addAll(missing(connection, plugin));
            }
            return statements;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private List<String> missing(Connection connection, String plugin) throws SQLException {
        var verifier = Scram.verifier(password(connection, name(connection, plugin)));
        return texts(connection, LOGIN_SQL, plugin, verifier, limits);
    }

    private static String name(Connection connection, String plugin) throws SQLException {
        return texts(connection, NAME, plugin).getFirst();
    }

    /** The same on every node, and another for every role. */
    private static String password(Connection connection, String role) throws SQLException {
        try (var select = connection.prepareStatement(SECRET);
                var row = select.executeQuery()) {
            row.next();
            var bytes = Scram.hmac(row.getBytes(1), role);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    private static boolean mayCreate(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(MAY_CREATE);
                var row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void call(Connection connection, String sql, String... values)
            throws SQLException {
        try (var select = bound(connection, sql, values)) {
            select.execute();
        }
    }

    private static List<String> texts(Connection connection, String sql, String... values)
            throws SQLException {
        try (var select = bound(connection, sql, values);
                var row = select.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, String... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
