package dev.kith.core.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API's documents say of a raw route.
 *
 * @param takes the type of content of its body, if it takes one
 * @param gives the type of content that it answers with
 * @param about what that content is
 */
public record Told(
        String summary,
        List<Parameter> parameters,
        @Nullable String takes,
        int status,
        String gives,
        String about) {

    /**
     * One that need not be there.
     *
     * @param in {@code query} or {@code header}
     */
    public record Parameter(String in, String name, String meaning) {}

    public Told {
        parameters = List.copyOf(parameters);
    }

    /** What a GET answers. */
    public static Told of(String summary, String gives, String about, Parameter... parameters) {
        return new Told(summary, List.of(parameters), null, 200, gives, about);
    }

    /** What a POST takes and makes. */
    public static Told making(String summary, String takes, String gives, String about) {
        return new Told(summary, List.of(), takes, 201, gives, about);
    }
}
