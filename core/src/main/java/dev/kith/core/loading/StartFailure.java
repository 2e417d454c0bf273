package dev.kith.core.loading;

import dev.kith.core.failure.Traces;
import dev.kith.core.settings.WrongSettings;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a plugin cannot run, in words for the operator. */
public final class StartFailure extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public StartFailure(String reason) {
        super(reason);
    }

    public StartFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** What to show for any failure: no stack, but the place to look at. */
    public static String reason(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "unknown";
            case StartFailure known -> String.valueOf(known.getMessage());
            case dev.kith.api.Problem problem -> problem(problem);
            case WrongSettings wrong -> String.valueOf(wrong.getMessage());
            case LinkageError missing -> missing(missing);
            case ClassNotFoundException missing -> missing(missing);
            default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
        };
    }

    /** The same for the log, which repeats no messages but ours: others may quote what is stored. */
    public static String logged(Throwable failure) {
        var cause = failure instanceof StartFailure ? failure.getCause() : failure;
        return switch (cause) {
            case null -> reason(failure);
            case StartFailure known -> reason(failure);
            case dev.kith.api.Problem problem -> reason(failure);
            case WrongSettings wrong -> reason(failure);
            case LinkageError missing -> reason(failure);
            case java.util.concurrent.TimeoutException late -> reason(failure);
            case java.util.concurrent.ExecutionException inRegister ->
                    failure.equals(cause) || inRegister.getCause() == null
                            ? Traces.of(failure)
                            : "register: " + logged(inRegister.getCause());
            default -> Traces.of(failure);
        };
    }

    private static String missing(Throwable failure) {
        return "%s: %s. A plugin sees of the server only %s; libraries go into its own jar"
                .formatted(
                        failure.getClass().getSimpleName(),
                        failure.getMessage(),
                        String.join(", ", SharedPackages.NAMES));
    }

    private static String problem(dev.kith.api.Problem problem) {
        var text = new StringBuilder(problem.detail());
        for (var place : problem.places()) {
            text.append("; ").append(place.pointer()).append(": ").append(place.message());
        }
        return text.toString();
    }
}
