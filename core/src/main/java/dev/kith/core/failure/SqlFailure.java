package dev.kith.core.failure;

import java.io.Serial;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** A failed statement, where the handler did not ask to know. */
public final class SqlFailure extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public SqlFailure(SQLException cause) {
        super(cause);
    }

    /** The SQLSTATE behind an exception, or empty where no database is to blame. */
    public static String state(@Nullable Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /** Whether running the same again may go well: deadlock, serialisation. */
    public static boolean worthRepeating(Throwable failure) {
        var state = state(failure);
        return state.equals("40P01") || state.equals("40001");
    }

    /**
     * Whether it is the world's fault and not the data's: deadlocks, timeouts, lost or refused
     * connections, a server that stops.
     */
    public static boolean transientFault(Throwable failure) {
        var state = state(failure);
        return worthRepeating(failure)
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || lockedOut(failure)
                || state.equals("25P03")
                || noConnection(failure);
    }

    /** Whether a statement was cut off because it took too long. */
    public static boolean outOfTime(Throwable failure) {
        return state(failure).equals("57014");
    }

    /** Whether something else held a row or table for too long. */
    public static boolean lockedOut(Throwable failure) {
        return state(failure).equals("55P03");
    }

    /** The pool had none in time, or the call was interrupted because it was past its deadline. */
    private static boolean noConnection(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLTransientConnectionException
                    || at instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }
}
