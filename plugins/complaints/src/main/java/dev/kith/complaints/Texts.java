package dev.kith.complaints;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How constants are written for callers. */
public final class Texts {

    private Texts() {}

    /** {@code waitingForCustomer} of {@code WAITING_FOR_CUSTOMER}. */
    public static String of(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_");
        var rest =
                Arrays.stream(words)
                        .skip(1)
                        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                        .collect(Collectors.joining());
        return words[0] + rest;
    }
}
