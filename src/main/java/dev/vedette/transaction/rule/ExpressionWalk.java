package dev.vedette.transaction.rule;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Walks over a parsed expression: which names it uses, how many steps it can take at most, and what
 * of it no rule may hold. A loop may only go over a list that is written in the rule, so its length
 * is known.
 */
final class ExpressionWalk {
    /** A regular expression looks at every character for every state. */
    private static final int PATTERN_COST = 200;

    private static final Set<String> FUNCTIONS =
            Set.of(
                    "_&&_",
                    "_||_",
                    "!_",
                    "_?_:_",
                    "_==_",
                    "_!=_",
                    "_<_",
                    "_<=_",
                    "_>_",
                    "_>=_",
                    "_+_",
                    "_-_",
                    "_*_",
                    "_/_",
                    "_%_",
                    "-_",
                    "@in",
                    "@not_strictly_false",
                    "startsWith",
                    "endsWith",
                    "contains",
                    "matches",
                    "size",
                    "int",
                    "double",
                    "string",
                    "duration",
                    "timestamp",
                    "getHours",
                    "getMinutes",
                    "getDayOfWeek",
                    "getDayOfMonth",
                    "getMonth",
                    "getFullYear",
                    "getSeconds");

    private final FactNames known;
    private final CelSource source;
    private final List<RuleIssue> issues = new ArrayList<>();
    private final SortedSet<String> names = new TreeSet<>();
    private final Set<String> bound = new HashSet<>();

    ExpressionWalk(FactNames known, CelSource source) {
        this.known = known;
        this.source = source;
    }

    /** Walks over the whole; returns the most steps it can take. */
    long walk(CelAbstractSyntaxTree tree) {
        return cost(tree.getExpr());
    }

    List<RuleIssue> issues() {
        return issues;
    }

    SortedSet<String> names() {
        return names;
    }

    private long cost(CelExpr expr) {
        return switch (expr.exprKind().getKind()) {
            case CONSTANT -> 1;
            case IDENT, SELECT -> name(expr);
            case CALL -> call(expr);
            case LIST -> 1 + sum(expr.list().elements());
            case COMPREHENSION -> loop(expr);
            case STRUCT, MAP ->
                    refuse(
                            expr,
                            "not_offered",
                            "a rule cannot build messages or maps",
                            "Compare the names themselves, or use a list: country in ['NG', 'RU'].");
            case NOT_SET -> 0;
        };
    }

    private long sum(List<CelExpr> parts) {
        long sum = 0;
        for (CelExpr part : parts) {
            sum += cost(part);
        }
        return sum;
    }

    private long name(CelExpr expr) {
        String path = path(expr);
        if (path.isEmpty()) {
            return refuse(
                    expr,
                    "not_offered",
                    "only names have fields, a value has none",
                    "Write one of the names of /features, such as account.home_country.");
        }
        String root = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
        if (bound.contains(root)) {
            return 1;
        }
        if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT && expr.select().testOnly()) {
            return refuse(
                    expr,
                    "not_offered",
                    "has() is not needed",
                    "A rule that depends on something unknown does not fire; a missing text is"
                            + " empty, so write "
                            + path
                            + " != ''.");
        }
        if (!known.types().containsKey(path)) {
            return refuse(
                    expr,
                    "unknown_name",
                    "there is no '" + path + "'",
                    known.nearest(path)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("See the names a rule may use at GET /api/v1/features."));
        }
        names.add(path);
        return 1;
    }

    private static String path(CelExpr expr) {
        return switch (expr.exprKind().getKind()) {
            case IDENT -> expr.ident().name();
            case SELECT -> {
                String of = path(expr.select().operand());
                yield of.isEmpty() ? "" : of + "." + expr.select().field();
            }
            default -> "";
        };
    }

    private long call(CelExpr expr) {
        CelCall call = expr.call();
        if (!FUNCTIONS.contains(call.function())) {
            return refuse(
                    expr,
                    "unknown_function",
                    "rules do not offer '" + call.function() + "'",
                    "Use comparisons, && || !, + - * / %, in, startsWith, endsWith, contains,"
                            + " matches, size, exists, all.");
        }
        long cost = 1 + call.target().map(this::cost).orElse(0L) + sum(call.args());
        return call.function().equals("matches") ? cost + pattern(expr, call) : cost;
    }

    private long pattern(CelExpr expr, CelCall call) {
        if (call.args().isEmpty() || !isText(call.args().getLast())) {
            return refuse(
                    expr,
                    "not_offered",
                    "the pattern of matches must be written in the rule",
                    "Write the pattern as a text: merchant.matches('^shop-[0-9]+$').");
        }
        CelExpr pattern = call.args().getLast();
        try {
            int size = Pattern.compile(pattern.constant().stringValue()).programSize();
            return size <= RuleCompiler.MOST_PATTERN
                    ? PATTERN_COST
                    : refuse(
                            expr,
                            "too_costly",
                            "the pattern has "
                                    + size
                                    + " states, at most "
                                    + RuleCompiler.MOST_PATTERN
                                    + " are allowed",
                            "Repeat less: [0-9]+ instead of [0-9]{1,50}.");
        } catch (PatternSyntaxException e) {
            return refuse(
                    expr,
                    "bad_pattern",
                    "the pattern cannot be read: " + e.getDescription(),
                    "Write it as RE2 does: github.com/google/re2/wiki/Syntax.");
        }
    }

    private static boolean isText(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private long loop(CelExpr expr) {
        CelComprehension loop = expr.comprehension();
        if (loop.iterRange().exprKind().getKind() != CelExpr.ExprKind.Kind.LIST) {
            return refuse(
                    expr,
                    "unbounded_loop",
                    "a loop may only go over a list that is written in the rule",
                    "Write the list out: ['NG', 'RU'].exists(c, c == country).");
        }
        List<CelExpr> over = loop.iterRange().list().elements();
        long cost = 1 + sum(over) + cost(loop.accuInit());
        List<String> own = List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar());
        List<String> added = own.stream().filter(bound::add).toList();
        long each = cost(loop.loopCondition()) + cost(loop.loopStep());
        cost += over.size() * each + cost(loop.result());
        added.forEach(bound::remove);
        return cost;
    }

    private long refuse(CelExpr expr, String code, String detail, String fix) {
        CelExpr first = expr;
        // a field's place is that of its point: tell where the name begins
        while (first.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
            first = first.select().operand();
        }
        // parts of an expanded macro have no place of their own
        int offset = source.getPositionsMap().getOrDefault(first.id(), 0);
        CelSourceLocation at = source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
        issues.add(new RuleIssue(at.getLine(), at.getColumn() + 1, code, detail, fix));
        return 1;
    }
}
