package dev.vedette.promql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the query language as <a href="https://prometheus.io/docs/prometheus/latest/querying/">its
 * documentation</a> has it: selectors, the functions of {@link RangeFunction} and {@link
 * ValueFunction}, the aggregations of {@link Aggregation}, arithmetic, comparisons and set
 * operators. What it does not read (subqueries, {@code @}, {@code group_right}, other functions) it
 * names.
 */
public final class Parser {
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;
    private static final int MOST_OPERATORS = 500;

    private final TokenReader tokens;
    private int depth;
    private int operators;

    private Parser(TokenReader tokens) {
        this.tokens = tokens;
    }

    /**
     * The expression of that text.
     *
     * @throws PromQlException when it is none, or none that is offered
     */
    public static Expression parse(String query) {
        if (query.length() > LONGEST) {
            throw PromQlException.badData("query is longer than " + LONGEST + " characters");
        }
        TokenReader tokens = new TokenReader(Lexer.tokens(query));
        Parser parser = new Parser(tokens);
        Expression expression = parser.binary(0);
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected("an operator or the end expected");
        }
        Types.check(expression);
        return expression;
    }

    /**
     * The selector of that text, as {@code match[]} has it.
     *
     * @throws PromQlException when it is something else
     */
    public static Selector selector(String text) {
        if (parse(text) instanceof Expression.Select(Selector selector)
                && selector.range().isZero()) {
            return selector;
        }
        throw PromQlException.badData("match[] must be a series selector, is " + text);
    }

    private Expression binary(int least) {
        if (++depth > DEEPEST) {
            throw tokens.error("the query is nested more than " + DEEPEST + " deep");
        }
        Expression left = unary();
        while (true) {
            Token token = tokens.peek();
            Optional<BinaryOperator> next =
                    token.kind() == Token.Kind.TEXT
                            ? Optional.empty()
                            : BinaryOperator.of(token.text().toLowerCase(Locale.ROOT));
            if (next.isEmpty() || next.get().precedence() < least) {
                depth--;
                return left;
            }
            if (++operators > MOST_OPERATORS) {
                throw tokens.error("the query has more than " + MOST_OPERATORS + " operators");
            }
            tokens.next();
            left = binary(left, next.get());
        }
    }

    private Expression binary(Expression left, BinaryOperator operator) {
        boolean asNumber = tokens.skip("bool");
        if (asNumber && !operator.isComparison()) {
            throw tokens.error("bool modifier can only be used on comparison operators");
        }
        Expression.Matching matching = matching();
        int least = operator.precedence() + (operator == BinaryOperator.POWER ? 0 : 1);
        return new Expression.Binary(operator, left, binary(least), asNumber, matching);
    }

    private Expression.Matching matching() {
        boolean on = tokens.skip("on");
        List<String> labels = on || tokens.skip("ignoring") ? tokens.names() : List.of();
        if (tokens.peek().is("group_right")) {
            throw tokens.error("group_right is not offered here; swap the sides for group_left");
        }
        boolean many = tokens.skip("group_left");
        if (many && tokens.peek().is("(") && !tokens.names().isEmpty()) {
            throw tokens.error("labels of group_left are not offered here");
        }
        return new Expression.Matching(on, labels, many);
    }

    private Expression unary() {
        if (tokens.skip("-")) {
            return new Expression.Negative(binary(BinaryOperator.POWER.precedence()));
        }
        return tokens.skip("+") ? binary(BinaryOperator.POWER.precedence()) : operand();
    }

    private Expression operand() {
        Token token = tokens.peek();
        if (tokens.skip("(")) {
            Expression inner = binary(0);
            tokens.require(")");
            return inner;
        }
        if (token.is("{")) {
            return new Expression.Select(Selectors.read(tokens, Optional.empty()));
        }
        return switch (token.kind()) {
            case NUMBER -> new Expression.Literal(number(tokens.next()));
            case NAME -> named(tokens.next());
            case DURATION, TEXT, SYMBOL, END -> throw tokens.unexpected("an expression expected");
        };
    }

    private double number(Token token) {
        try {
            String text = token.text().toLowerCase(Locale.ROOT);
            return text.startsWith("0x")
                    ? Long.parseLong(text.substring(2), 16)
                    : Double.parseDouble(text.matches("[0-9.e+-]+") ? text : "none");
        } catch (NumberFormatException e) {
            throw PromQlException.badData(
                    "parse error at char " + (token.at() + 1) + ": bad number " + token);
        }
    }

    private Expression named(Token name) {
        String word = name.text().toLowerCase(Locale.ROOT);
        boolean isCall = tokens.peek().is("(");
        Optional<Aggregation> aggregation = Aggregation.of(word);
        if (aggregation.isPresent()
                && (isCall || tokens.peek().is("by") || tokens.peek().is("without"))) {
            return aggregate(aggregation.get());
        }
        if (isCall) {
            return call(name);
        }
        return switch (word) {
            case "inf" -> new Expression.Literal(Double.POSITIVE_INFINITY);
            case "nan" -> new Expression.Literal(Double.NaN);
            default -> new Expression.Select(Selectors.read(tokens, Optional.of(name.text())));
        };
    }

    private Expression aggregate(Aggregation aggregation) {
        boolean before = tokens.peek().is("by") || tokens.peek().is("without");
        Grouping grouping = before ? grouping() : Grouping.NONE;
        tokens.require("(");
        Optional<Expression> parameter = Optional.empty();
        if (aggregation.isChoice()) {
            parameter = Optional.of(binary(0));
            tokens.require(",");
        }
        Expression of = binary(0);
        tokens.require(")");
        Grouping last = before ? grouping : grouping();
        return new Expression.Aggregate(aggregation, parameter, of, last.without, last.labels);
    }

    private record Grouping(boolean without, List<String> labels) {
        static final Grouping NONE = new Grouping(false, List.of());
    }

    private Grouping grouping() {
        if (tokens.skip("by")) {
            return new Grouping(false, tokens.names());
        }
        return tokens.skip("without") ? new Grouping(true, tokens.names()) : Grouping.NONE;
    }

    private Expression call(Token name) {
        tokens.require("(");
        Expression read = arguments(name);
        tokens.require(")");
        return read;
    }

    private Expression arguments(Token name) {
        Optional<RangeFunction> overRange = RangeFunction.of(name.text());
        if (overRange.isPresent()) {
            Expression argument = binary(0);
            if (argument instanceof Expression.Select(Selector selector)
                    && !selector.range().isZero()) {
                return new Expression.OverRange(overRange.get(), selector);
            }
            throw tokens.error("expected type range vector in call to function " + name);
        }
        Optional<ValueFunction> ofEach = ValueFunction.of(name.text());
        if (ofEach.isPresent()) {
            Expression of = binary(0);
            Optional<Expression> parameter = Optional.empty();
            if (ofEach.get().hasParameter()) {
                tokens.require(",");
                parameter = Optional.of(binary(0));
            }
            return new Expression.OfEach(ofEach.get(), of, parameter);
        }
        return switch (name.text()) {
            case "time" -> new Expression.Time();
            case "vector" -> new Expression.AsVector(binary(0));
            default -> throw tokens.error("function " + name + " is not offered here");
        };
    }
}
