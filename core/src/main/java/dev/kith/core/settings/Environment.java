package dev.kith.core.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The variables that are ours, and which of them were asked for. */
final class Environment {

    static final String PREFIX = "KITH_";

    private static final String FROM_FILE = "_FILE";
    private static final long FILE_BYTES_MAX = 65_536;

    // The launcher's own.
    private static final Set<String> OTHERS =
            Set.of(
                    "KITH_CONFIG",
                    "KITH_HOME",
                    "KITH_JAVA_HOME",
                    "KITH_JAVA_OPTS",
                    "KITH_CACHE_DIR");

    // Kubernetes gives these to every container beside a service that is called kith.
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("KITH_(SERVICE_HOST|SERVICE_PORT.*|PORT(_[0-9]+_.*)?)");

    private final Map<String, String> unread = new HashMap<>();

    /** A variable's name and text. */
    record Found(String variable, String text) {}

    Environment(Map<String, String> variables) {
        variables.forEach((name, text) -> {
            if (name.startsWith(PREFIX)
                    && !OTHERS.contains(name)
                    && !OF_KUBERNETES.matcher(name).matches()) {
                unread.put(name, text);
            }
        });
    }

    /** {@code http.bodyMaxBytes} is {@code KITH_HTTP_BODY_MAX_BYTES}. */
    static String variable(String path) {
        return PREFIX + snake(path);
    }

    static String snake(String path) {
        return path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]", "_")
                .toUpperCase(Locale.ROOT);
    }

    /**
     * What the environment says about a setting, by itself or by naming a file.
     *
     * @throws IllegalArgumentException with the reason, if it says both or the file cannot be read
     */
    Optional<Found> find(String variable) {
        var text = unread.remove(variable);
        var file = unread.remove(variable + FROM_FILE);
        if (file == null) {
            return Optional.ofNullable(text).map(t -> new Found(variable, t));
        }
        if (text != null) {
            throw new IllegalArgumentException("is set, and " + variable + FROM_FILE + " too");
        }
        return Optional.of(new Found(variable + FROM_FILE, content(Path.of(file))));
    }

    /** The variable that says something about a setting: it, or the one that names a file. */
    String named(String variable) {
        var fromFile = variable + FROM_FILE;
        return !unread.containsKey(variable) && unread.containsKey(fromFile) ? fromFile : variable;
    }

    /** The variables nobody has asked for that begin so. */
    Set<String> unread(String prefix) {
        var names = new TreeSet<>(unread.keySet());
        names.removeIf(name -> !name.startsWith(prefix));
        return names;
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "names a file of more than %d bytes".formatted(FILE_BYTES_MAX));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "names a file that cannot be read: %s (%s)".formatted(file, reason(e)), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case CharacterCodingException binary -> "it is no text";
            default -> String.valueOf(e.getMessage());
        };
    }
}
