package dev.kith.core.http.raw;

import dev.kith.api.StandardError;
import dev.kith.core.input.JsonPlace;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the API's documents say of a raw route.
 *
 * @param takes the type of content of its body, if it takes one
 * @param gives the type of content that it answers with
 * @param about what that content is
 * @param unwell what the same content says with 503; null where that is a problem like all others
 */
public record Told(
        String summary,
        List<Parameter> parameters,
        @Nullable String takes,
        int status,
        String gives,
        String about,
        @Nullable String unwell) {

    /**
     * One that need not be there.
     *
     * @param in {@code query} or {@code header}
     */
    public record Parameter(String in, String name, String meaning) {}

    public Told {
        parameters = List.copyOf(parameters);
    }

    /** The same handler, once it is clear that it is asked for nothing it does not know. */
    public RawRoute.Handler checking(RawRoute.Handler handler) {
        var known =
                parameters.stream()
                        .filter(parameter -> parameter.in().equals("query"))
                        .map(Parameter::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        return exchange -> {
            for (var name : exchange.queries().keySet()) {
                if (!known.contains(name)) {
                    throw StandardError.UNKNOWN_NAME
                            .because("a query parameter is not known here")
                            .at(
                                    JsonPlace.printable(name),
                                    "unknownName",
                                    known.isEmpty() ? "none is known" : "known are " + known);
                }
            }
            handler.handle(exchange);
        };
    }

    /** What a GET answers. */
    public static Told of(String summary, String gives, String about, Parameter... parameters) {
        return new Told(summary, List.of(parameters), null, 200, gives, about, null);
    }

    /** What a POST takes and makes. */
    public static Told making(String summary, String takes, String gives, String about) {
        return new Told(summary, List.of(), takes, 201, gives, about, null);
    }

    public Told orUnwell(String said) {
        return new Told(summary, parameters, takes, status, gives, about, said);
    }
}
