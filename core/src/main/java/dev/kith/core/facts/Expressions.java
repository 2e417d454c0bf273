package dev.kith.core.facts;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.kith.api.Audience;
import dev.kith.api.Condition;
import dev.kith.api.StandardError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * CEL over facts, the customer and event data. Its classes are heavy: {@link Audiences} loads this
 * one at the first expression.
 */
final class Expressions {

    /** The longest expression, in characters. */
    static final int LENGTH_MAX = 2_000;

    /** How often all loops of one evaluation may turn. */
    private static final int TURNS_MAX = 10_000;

    private static final int NESTING_MAX = 40;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(LENGTH_MAX)
                    .maxParseRecursionDepth(NESTING_MAX)
                    .comprehensionMaxIterations(TURNS_MAX)
                    .enableUnknownTracking(true)
                    .build();

    private final CelRuntime runtime =
            CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

    /**
     * @param facts every fact ever declared, by full name
     * @throws dev.kith.api.Problem {@code invalidExpression}
     */
    Audience compile(String expression, Map<String, FactType> facts) {
        var tree = check(overFacts(facts), expression);
        return new CompiledAudience(expression, program(tree), used(tree, facts));
    }

    /**
     * @param types of the values, by name
     * @throws dev.kith.api.Problem {@code invalidExpression}
     */
    Condition condition(String expression, String name, Map<String, Class<?>> types) {
        var fields = new HashMap<String, CelType>();
        types.forEach((field, type) -> fields.put(field, cel(type)));
        var tree = check(compiler(Map.of(name, fields)).build(), expression);
        var uses =
                selected(tree)
                        .filter(select -> select.operand().ident().name().equals(name))
                        .map(CelExpr.CelSelect::field)
                        .collect(Collectors.toUnmodifiableSet());
        return new CompiledCondition(expression, name, program(tree), uses);
    }

    private static CelType cel(Class<?> type) {
        return type == List.class
                ? ListType.create(SimpleType.STRING)
                : FactType.of(type.getSimpleName()).cel();
    }

    private static CelAbstractSyntaxTree check(CelCompiler compiler, String expression) {
        try {
            return compiler.compile(expression).getAst();
        } catch (CelValidationException e) {
            var problem = StandardError.INVALID_EXPRESSION.because("the expression does not hold");
            for (var issue : e.getErrors()) {
                problem = problem.at("/expression", "invalidExpression", text(issue));
            }
            throw problem;
        }
    }

    private CelRuntime.Program program(CelAbstractSyntaxTree tree) {
        try {
            return runtime.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw StandardError.INVALID_EXPRESSION.because(String.valueOf(e.getMessage()));
        }
    }

    private static String text(CelIssue issue) {
        var at = issue.getSourceLocation();
        return "line %d, column %d: %s"
                .formatted(at.getLine(), at.getColumn() + 1, issue.getMessage());
    }

    private static CelCompiler overFacts(Map<String, FactType> facts) {
        Map<String, Map<String, CelType>> structs = new HashMap<>();
        structs.put(
                "customer",
                Map.of(
                        "tags", ListType.create(SimpleType.STRING),
                        "stage", SimpleType.STRING,
                        "kind", SimpleType.STRING));
        facts.forEach((name, type) -> {
            var dot = name.indexOf('.');
            structs.computeIfAbsent(name.substring(0, dot), plugin -> new HashMap<>())
                    .put(name.substring(dot + 1), type.cel());
        });
        return compiler(structs)
                .addVar("data", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .build();
    }

    private static CelCompilerBuilder compiler(
            Map<String, ? extends Map<String, CelType>> structs) {
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setTypeProvider(new FactTypes(structs))
                        .setResultType(SimpleType.BOOL);
        structs.keySet().forEach(name -> builder.addVar(name, StructTypeReference.create(name)));
        return builder;
    }

    /** The facts an expression names. */
    private static Map<String, FactType> used(
            CelAbstractSyntaxTree tree, Map<String, FactType> facts) {
        var used = new HashMap<String, FactType>();
        selected(tree)
                .map(select -> select.operand().ident().name() + "." + select.field())
                .filter(facts::containsKey)
                .forEach(name -> used.put(name, facts.get(name)));
        return Map.copyOf(used);
    }

    /** What is taken out of a variable, such as {@code points} of {@code loyalty}. */
    private static Stream<CelExpr.CelSelect> selected(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.SELECT)
                .map(node -> node.expr().select())
                .filter(select -> select.operand().getKind() == CelExpr.ExprKind.Kind.IDENT);
    }
}
