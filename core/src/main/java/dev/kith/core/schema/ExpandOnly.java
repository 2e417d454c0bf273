package dev.kith.core.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kith.core.failure.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;

/**
 * Lets migrations of a schema through that only add to it, because somebody works on it. What they
 * have done is compared, not what they say, and before it is committed.
 */
public final class ExpandOnly extends BaseCallback {

    private static final int LOSSES_SHOWN_MAX = 5;

    private final String schema;
    private final Map<String, byte[]> files;
    private final Predicate<String> isRunning;
    private @Nullable Shape before;

    /**
     * @param files SQL by file name
     * @param isRunning whether the version that works on the schema is among those of a constraint
     */
    public ExpandOnly(String schema, Map<String, byte[]> files, Predicate<String> isRunning) {
        this.schema = schema;
        this.files = files;
        this.isRunning = isRunning;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        var file = context.getMigrationInfo().getScript();
        var sql = new String(files.getOrDefault(file, new byte[0]), UTF_8);
        if (Beside.versions(sql).filter(isRunning).isPresent()) {
            return;
        }
        try {
            if (event == Event.BEFORE_EACH_MIGRATE) {
                before = before(file, context.getConnection());
            } else if (before != null) {
                check(file, sql, before.losses(Shape.of(context.getConnection(), schema)));
            }
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }

    private Shape before(String file, Connection connection) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new NotExpanding(
                    file
                            + ": it runs outside of a transaction, so nothing of it could be taken back");
        }
        return Shape.of(connection, schema);
    }

    private static void check(String file, String sql, List<Loss> losses) {
        if (losses.isEmpty()) {
            return;
        }
        var statements = Statement.in(sql);
        var text =
                losses.stream()
                        .limit(LOSSES_SHOWN_MAX)
                        .map(loss -> place(file, loss, statements) + ": " + loss.what())
                        .collect(Collectors.joining("; "));
        throw new NotExpanding(text);
    }

    private static String place(String file, Loss loss, List<Statement> statements) {
        var line = loss.line(statements);
        return line.isPresent() ? "%s, line %d".formatted(file, line.getAsInt()) : file;
    }
}
