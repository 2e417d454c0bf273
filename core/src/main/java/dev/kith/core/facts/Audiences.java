package dev.kith.core.facts;

import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.api.StandardError;
import dev.kith.core.area.Area;
import dev.kith.core.failure.SqlFailure;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles audiences, against every fact that was ever declared. */
public final class Audiences {

    private static final String DECLARED = "select name, type from kith.fact";

    private final Area core;
    private @Nullable Expressions expressions;

    public Audiences(Area core) {
        this.core = core;
    }

    /**
     * @param own facts that are about to be declared by whoever compiles it
     * @throws dev.kith.api.Problem {@code invalidExpression} with the places and reasons
     */
    public Audience compile(String expression, Map<String, Class<?>> own) {
        checkLength(expression);
        var facts = declared();
        own.forEach((name, type) -> facts.put(name, FactType.of(type.getSimpleName())));
        return expressions().compile(expression, facts);
    }

    /**
     * Compiles a condition over a plugin's own values.
     *
     * @throws dev.kith.api.Problem {@code invalidExpression} with the places and reasons
     */
    public Condition condition(String expression, String name, Map<String, Class<?>> types) {
        checkLength(expression);
        return expressions().condition(expression, name, types);
    }

    /** The facts that an audience made here asks, by full name. */
    public static Set<String> uses(Audience audience) {
        return audience instanceof CompiledAudience compiled ? compiled.uses() : Set.of();
    }

    private static void checkLength(String expression) {
        if (expression.length() > Expressions.LENGTH_MAX) {
            throw StandardError.INVALID_EXPRESSION.because(
                    "an expression has at most %d characters".formatted(Expressions.LENGTH_MAX));
        }
    }

    private synchronized Expressions expressions() {
        if (expressions == null) {
            expressions = new Expressions();
        }
        return expressions;
    }

    // A plugin that is off still has its facts, they are only unknown now.
    private Map<String, FactType> declared() {
        try (var connection = core.pools().read();
                var select = connection.prepareStatement(DECLARED);
                var row = select.executeQuery()) {
            var declared = new HashMap<String, FactType>();
            while (row.next()) {
                declared.put(row.getString(1), FactType.of(row.getString(2)));
            }
            return declared;
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
