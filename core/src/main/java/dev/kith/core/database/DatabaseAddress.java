package dev.kith.core.database;

/** Where the database is. The password never appears in text. */
public record DatabaseAddress(String jdbcUrl, String user, String password) {

    DatabaseAddress with(String another) {
        return new DatabaseAddress(jdbcUrl, user, another);
    }

    @Override
    public String toString() {
        return "database of user " + user;
    }
}
