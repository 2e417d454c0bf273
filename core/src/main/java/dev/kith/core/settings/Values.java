package dev.kith.core.settings;

import dev.kith.api.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads one setting's text as the type of its component. */
final class Values {

    /** What {@code zone} is when the operator leaves it to the machine. */
    static final String SYSTEM = "system";

    private Values() {}

    /**
     * @param base what a relative path is relative to
     * @throws IllegalArgumentException saying what is expected instead; never with a secret's text
     */
    static Object read(Class<?> type, String text, Path base) {
        if (type == String.class) {
            return text;
        } else if (type == int.class) {
            return Math.toIntExact(number(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (type == long.class) {
            return number(text, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == boolean.class) {
            return truth(text);
        } else if (type == Secret.class) {
            return new Secret(text);
        } else if (type == Duration.class) {
            return duration(text);
        } else if (type == Path.class) {
            return path(text, base);
        } else if (type == ZoneId.class) {
            return zone(text);
        } else if (type.isEnum()) {
            return constant(type, text);
        }
        throw new IllegalStateException("no setting is of type " + type);
    }

    /** The text that is read as this value. */
    static String write(Object value) {
        return switch (value) {
            case Secret secret -> secret.reveal();
            case Enum<?> constant -> name(constant);
            case ZoneId zone -> zone.equals(ZoneId.systemDefault()) ? SYSTEM : zone.getId();
            default -> value.toString();
        };
    }

    private static long number(String text, long min, long max) {
        try {
            var number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
            throw new IllegalArgumentException("must be from %d to %d".formatted(min, max));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number, not \"" + text + "\"", e);
        }
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "must be true or false, not \"" + text + "\"");
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be an ISO 8601 duration such as PT30S, PT5M, PT12H or P30D, not \""
                            + text
                            + "\"",
                    e);
        }
    }

    private static Path path(String text, Path base) {
        try {
            return text.isEmpty() ? Path.of("") : base.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no path", e);
        }
    }

    private static ZoneId zone(String text) {
        if (text.equals(SYSTEM)) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a time zone such as Asia/Shanghai, or system, not \""
                            + text
                            + "\""
                            + Nearest.hint(text, ZoneId.getAvailableZoneIds()),
                    e);
        }
    }

    private static Object constant(Class<?> type, String text) {
        var names =
                Arrays.stream(type.getEnumConstants())
                        .collect(Collectors.toMap(c -> name((Enum<?>) c), c -> c));
        var constant = names.get(text);
        if (constant == null) {
            throw new IllegalArgumentException(
                    "must be one of %s, not \"%s\""
                            .formatted(names.keySet().stream().sorted().toList(), text));
        }
        return constant;
    }

    // States and codes are lowerCamelCase everywhere.
    private static String name(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
        var name = new StringBuilder(words[0]);
        for (var i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }
}
