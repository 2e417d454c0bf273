package dev.kith.core.facts;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.kith.api.Condition;
import java.util.Map;
import java.util.Set;

/** An expression over a plugin's own values that was type-checked. */
record CompiledCondition(
        String expression, String name, CelRuntime.Program program, Set<String> uses)
        implements Condition {

    @Override
    public boolean test(Map<String, Object> values) {
        try {
            return Boolean.TRUE.equals(program.eval(Map.of(name, values)));
        } catch (CelEvaluationException e) {
            // What was compared is not there.
            return false;
        }
    }
}
