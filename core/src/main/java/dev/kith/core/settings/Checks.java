package dev.kith.core.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a settings record asks of its components, collected so that all of it is reported at once. */
final class Checks {

    /** As in other databases' addresses, and as parameters, where they would win over ours. */
    private static final Pattern CREDENTIALS = Pattern.compile("@|[?&](user|password)=");

    private final List<WrongSettings.Wrong> wrong = new ArrayList<>();

    Checks range(String name, long value, long min, long max) {
        return require(
                value >= min && value <= max,
                name,
                "must be from %d to %d, not %d".formatted(min, max, value));
    }

    Checks atLeast(String name, Duration value, Duration min) {
        return require(
                value.compareTo(min) >= 0,
                name,
                "must be at least %s, not %s".formatted(min, value));
    }

    Checks filled(String name, String value) {
        return require(!value.isBlank(), name, "must not be empty");
    }

    Checks printable(String name, String value) {
        return require(
                value.chars().allMatch(c -> c > ' ' && c < 127),
                name,
                "must be printable ASCII without blanks");
    }

    Checks region(String name, String value) {
        return require(
                Arrays.asList(Locale.getISOCountries()).contains(value),
                name,
                "must be a country code of two capital letters such as CN, not " + value);
    }

    Checks jdbcUrl(String name, String value) {
        return require(
                        value.isEmpty() || value.startsWith("jdbc:postgresql:"),
                        name,
                        "must begin with jdbc:postgresql:")
                // Not quoted: it may hold a password.
                .require(
                        !CREDENTIALS.matcher(value).find(),
                        name,
                        "must not hold a user or a password; they have settings of their own,"
                                + " database.user and database.password");
    }

    Checks url(String name, String value) {
        return require(
                value.isEmpty() || isWebAddress(value),
                name,
                "must be an address such as https://crm.example.com");
    }

    private static boolean isWebAddress(String value) {
        try {
            var uri = new URI(value);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    Checks require(boolean condition, String name, String message) {
        if (!condition) {
            wrong.add(new WrongSettings.Wrong(name, message));
        }
        return this;
    }

    /** Ends the checks. */
    void orThrow() {
        if (!wrong.isEmpty()) {
            throw new WrongSettings(wrong);
        }
    }
}
