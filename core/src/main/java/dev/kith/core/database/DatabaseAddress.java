package dev.kith.core.database;

/** Where the database is. The password never appears in text. */
public record DatabaseAddress(String jdbcUrl, String user, String password) {

    @Override
    public String toString() {
        return "database of user " + user;
    }
}
