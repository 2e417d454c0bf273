package dev.kith.core.facts;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.kith.api.Audience;
import dev.kith.api.StandardError;
import java.util.HashMap;
import java.util.Map;

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
        try {
            var tree = compiler(facts).compile(expression).getAst();
            return new CompiledAudience(expression, runtime.createProgram(tree), used(tree, facts));
        } catch (CelValidationException e) {
            var problem = StandardError.INVALID_EXPRESSION.because("the expression does not hold");
            for (var issue : e.getErrors()) {
                problem = problem.at("/expression", "invalidExpression", text(issue));
            }
            throw problem;
        } catch (CelEvaluationException e) {
            throw StandardError.INVALID_EXPRESSION.because(String.valueOf(e.getMessage()));
        }
    }

    private static String text(CelIssue issue) {
        var at = issue.getSourceLocation();
        return "line %d, column %d: %s"
                .formatted(at.getLine(), at.getColumn() + 1, issue.getMessage());
    }

    private static CelCompiler compiler(Map<String, FactType> facts) {
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
        var builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setTypeProvider(new FactTypes(structs))
                        .addVar("data", MapType.create(SimpleType.STRING, SimpleType.DYN))
                        .setResultType(SimpleType.BOOL);
        structs.keySet().forEach(name -> builder.addVar(name, StructTypeReference.create(name)));
        return builder.build();
    }

    /** The facts an expression names. */
    private static Map<String, FactType> used(
            CelAbstractSyntaxTree tree, Map<String, FactType> facts) {
        var used = new HashMap<String, FactType>();
        dev.cel.common.navigation.CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == dev.cel.common.ast.CelExpr.ExprKind.Kind.SELECT)
                .map(node -> node.expr().select())
                .filter(select ->
                        select.operand().getKind()
                                == dev.cel.common.ast.CelExpr.ExprKind.Kind.IDENT)
                .map(select -> select.operand().ident().name() + "." + select.field())
                .filter(facts::containsKey)
                .forEach(name -> used.put(name, facts.get(name)));
        return Map.copyOf(used);
    }
}
