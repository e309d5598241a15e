package dev.vedette.transaction.rule;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Checks the expressions of rules against the names of a tenant, and makes them ready to run.
 *
 * <p>The language is the Common Expression Language (github.com/google/cel-spec, "Language
 * Definition"), cut down to what has a bounded cost: loops only over lists written in the rule,
 * patterns (RE2, linear time) only as literals, no texts or lists put together, at most {@value
 * #MOST_CHARACTERS} characters and {@value #MOST_COST} steps. Immutable and thread-safe.
 */
public final class RuleCompiler {
    /** Longest expression, in characters. */
    public static final int MOST_CHARACTERS = 2000;

    /** Most steps of an evaluation. */
    public static final int MOST_COST = 2000;

    /** Most states of a pattern. */
    static final int MOST_PATTERN = 100;

    private static final int MOST_DEPTH = 32;
    private static final int MOST_TOLD = 10;

    private static final Set<String> JOINING = Set.of("add_string", "add_bytes", "add_list");

    private final FactNames names;
    private final Cel language;

    /** For those names. */
    public RuleCompiler(FactNames names) {
        this.names = names;
        CelOptions options =
                CelOptions.current()
                        .maxExpressionCodePointSize(MOST_CHARACTERS)
                        .maxParseRecursionDepth(MOST_DEPTH)
                        .maxParseErrorRecoveryLimit(MOST_TOLD)
                        .comprehensionMaxIterations(MOST_COST)
                        .maxRegexProgramSize(MOST_PATTERN)
                        .enableRegexPartialMatch(true)
                        .enableHeterogeneousNumericComparisons(true)
                        .build();
        CelBuilder builder =
                CelFactory.plannerCelBuilder()
                        .setOptions(options)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setResultType(SimpleType.BOOL);
        names.types().forEach((name, type) -> builder.addVar(name, type.type()));
        this.language = builder.build();
    }

    /**
     * Checks and compiles an expression.
     *
     * @throws RuleExpressionException when it is no rule, with the place and the remedy of each
     *     fault
     */
    public CompiledRule compile(String expression) throws RuleExpressionException {
        requireText(expression);
        try {
            CelAbstractSyntaxTree parsed = language.parse(expression).getAst();
            ExpressionWalk walk = new ExpressionWalk(names, parsed.getSource());
            long cost = walk.walk(parsed);
            requireCheap(cost);
            require(walk.issues());
            CelAbstractSyntaxTree checked = language.check(parsed).getAst();
            requireNothingJoined(checked);
            return new CompiledRule(language.createProgram(checked), walk.names(), (int) cost);
        } catch (CelValidationException e) {
            throw new RuleExpressionException(
                    e.getErrors().stream().limit(MOST_TOLD).map(IssueWords::of).toList());
        } catch (CelEvaluationException e) {
            throw refused("not_offered", "the rule cannot be run: " + e.getMessage());
        }
    }

    private static void requireText(String expression) throws RuleExpressionException {
        if (expression.isBlank()) {
            throw refused("empty", "the rule is empty");
        }
        if (expression.length() > MOST_CHARACTERS) {
            throw refused(
                    "too_long",
                    "the rule has "
                            + expression.length()
                            + " characters, at most "
                            + MOST_CHARACTERS
                            + " are taken");
        }
    }

    private static void requireCheap(long cost) throws RuleExpressionException {
        if (cost > MOST_COST) {
            throw refused(
                    "too_costly",
                    "the rule takes up to "
                            + cost
                            + " steps, at most "
                            + MOST_COST
                            + " are allowed");
        }
    }

    private static void require(List<RuleIssue> issues) throws RuleExpressionException {
        if (!issues.isEmpty()) {
            throw new RuleExpressionException(
                    issues.stream()
                            .sorted(
                                    Comparator.comparingInt(RuleIssue::line)
                                            .thenComparingInt(RuleIssue::column))
                            .limit(MOST_TOLD)
                            .toList());
        }
    }

    // Texts put together grow with every step, so that steps alone would bound nothing.
    private static void requireNothingJoined(CelAbstractSyntaxTree checked)
            throws RuleExpressionException {
        for (CelReference reference : checked.getReferenceMap().values()) {
            boolean joins = reference.overloadIds().stream().anyMatch(JOINING::contains);
            if (joins) {
                throw refused("not_offered", "a rule cannot put texts or lists together");
            }
        }
    }

    private static RuleExpressionException refused(String code, String detail) {
        String fix =
                switch (code) {
                    case "empty" -> "Write a condition, such as amount > 1000.";
                    case "not_offered" ->
                            "Compare each part by itself and join them with && or ||.";
                    default -> "Split it into several rules.";
                };
        return new RuleExpressionException(List.of(new RuleIssue(1, 1, code, detail, fix)));
    }
}
