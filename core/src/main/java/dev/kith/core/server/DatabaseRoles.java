package dev.kith.core.server;

import dev.kith.core.connections.DatabaseAddress;
import dev.kith.core.connections.Logins;
import dev.kith.core.settings.Settings;
import java.util.Collection;
import java.util.List;

/** What an administrator of the operator's own database has to say so that plugins have roles. */
public final class DatabaseRoles {

    private DatabaseRoles() {}

    /**
     * @return SQL, one statement each; none if nothing is missing
     * @throws dev.kith.core.failure.SqlFailure also if the server has never run on this database
     */
    public static List<String> missing(Settings.Database database, Collection<String> plugins) {
        return logins(
                        new DatabaseAddress(
                                database.url(), database.user(), database.password().reveal()))
                .missing(plugins);
    }

    static Logins logins(DatabaseAddress address) {
        return new Logins(address, SessionRules.RULES);
    }
}
