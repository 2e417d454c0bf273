package dev.kith.core.failure;

import java.io.Serial;
import java.sql.SQLException;

/**
 * The connection was lost in the commit itself, so it cannot be said whether it happened. A refusal
 * would promise that nothing was changed; whoever repeats it without a key might do it twice.
 */
public final class OutcomeUnknown extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public OutcomeUnknown(SQLException lost) {
        super(lost);
    }

    /** Whether a commit that ended so may have happened all the same. */
    public static boolean follows(SQLException failure) {
        var state = failure.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P0");
    }
}
