package dev.kith.core.input;

import java.util.Optional;
import java.util.UUID;

/** UUIDs in their 36-character form and no other. */
public final class UuidText {

    private static final int LENGTH = 36;

    private UuidText() {}

    public static Optional<UUID> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        for (var i = 0; i < LENGTH; i++) {
            var c = text.charAt(i);
            var dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(UUID.fromString(text));
    }
}
