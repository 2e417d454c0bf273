package dev.kith.core.facts;

import dev.cel.runtime.CelAttributePattern;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import dev.kith.api.Audience;
import dev.kith.api.Customer;
import dev.kith.api.CustomerId;
import dev.kith.api.Read;
import dev.kith.api.StandardError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An expression that was type-checked, and the facts it needs. */
final class CompiledAudience implements Audience {

    private final String expression;
    private final CelRuntime.Program program;
    private final Map<String, FactType> facts;

    CompiledAudience(String expression, CelRuntime.Program program, Map<String, FactType> facts) {
        this.expression = expression;
        this.program = program;
        this.facts = facts;
    }

    @Override
    public String expression() {
        return expression;
    }

    Set<String> uses() {
        return facts.keySet();
    }

    @Override
    public Verdict test(Read read, CustomerId customer, Map<String, Object> data) {
        var verdict = test(read, Set.of(customer), data).get(customer);
        if (verdict == null) {
            throw StandardError.NOT_FOUND.because("there is no such customer");
        }
        return verdict;
    }

    /** Asks each fact once for all of them, at most {@link Facts#CUSTOMERS_MAX}. */
    Map<CustomerId, Verdict> test(Read read, Set<CustomerId> ids, Map<String, Object> data) {
        var known = new HashMap<String, Map<CustomerId, ?>>();
        var unavailable = new HashSet<String>();
        facts.forEach((name, type) -> {
            Optional<? extends Map<CustomerId, ?>> answer = read.ask(name, type.java(), ids);
            answer.ifPresentOrElse(values -> known.put(name, values), () -> unavailable.add(name));
        });
        var verdicts = new HashMap<CustomerId, Verdict>();
        var event = plain(data);
        for (var customer : read.customers(ids).values()) {
            verdicts.put(customer.id(), test(customer, known, unavailable, event));
        }
        return verdicts;
    }

    private Verdict test(
            Customer customer,
            Map<String, Map<CustomerId, ?>> known,
            Set<String> unavailable,
            Object event) {
        var variables = new HashMap<String, Object>();
        var byPlugin = new HashMap<String, Map<String, Object>>();
        var without = new HashSet<String>();
        for (var name : facts.keySet()) {
            var dot = name.indexOf('.');
            var values = byPlugin.computeIfAbsent(name.substring(0, dot), n -> new HashMap<>());
            var value = known.getOrDefault(name, Map.of()).get(customer.id());
            if (value != null) {
                values.put(name.substring(dot + 1), value);
            } else if (!unavailable.contains(name)) {
                without.add(name);
            }
        }
        variables.putAll(byPlugin);
        variables.put("customer", plain(customer));
        variables.put("data", event);
        return verdict(variables, unavailable, without);
    }

    private Verdict verdict(
            Map<String, Object> variables, Set<String> unknown, Set<String> without) {
        var patterns = unknown.stream().map(CelAttributePattern::fromQualifiedIdentifier).toList();
        try {
            var result =
                    program.eval(
                            PartialVars.of(
                                    variables, patterns.toArray(CelAttributePattern[]::new)));
            if (result instanceof CelUnknownSet missing) {
                var names = new HashSet<String>();
                missing.attributes().forEach(attribute -> names.add(attribute.toString()));
                return new Verdict(false, names, names);
            }
            return new Verdict(Boolean.TRUE.equals(result), Set.of(), Set.of());
        } catch (CelEvaluationException e) {
            // What was compared is not there: a fact this customer has no value of, or event data.
            return new Verdict(false, without.isEmpty() ? Set.of("data") : without, Set.of());
        }
    }

    private static Map<String, Object> plain(Customer customer) {
        return Map.of(
                "tags", customer.tags(),
                "stage", lowerCamel(customer.stage()),
                "kind", lowerCamel(customer.kind()));
    }

    private static String lowerCamel(Enum<?> constant) {
        var words = constant.name().split("_", -1);
        var text = new StringBuilder(words[0].toLowerCase(java.util.Locale.ROOT));
        for (var i = 1; i < words.length; i++) {
            text.append(words[i].charAt(0))
                    .append(words[i].substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }

    /** JSON as CEL knows it: whole numbers are long, others double. */
    private static Object plain(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case BigInteger number -> number.longValue();
            case BigDecimal number -> number.doubleValue();
            case Float number -> number.doubleValue();
            case Map<?, ?> map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.forEach((name, each) -> plain.put(String.valueOf(name), plainOf(each)));
                yield plain;
            }
            case List<?> list -> list.stream().map(CompiledAudience::plainOf).toList();
            default -> value;
        };
    }

    private static Object plainOf(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? dev.cel.common.values.NullValue.NULL_VALUE : plain(value);
    }
}
