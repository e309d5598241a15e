package dev.vedette.promql;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** What stands between two sides. */
public enum BinaryOperator {
    /** Where one of both sides has a value; the left one's first. */
    OR("or", 1),
    /** Where both sides have a value. */
    AND("and", 2),
    /** Where the right side has no value. */
    UNLESS("unless", 2),
    /** Equal. */
    EQUAL("==", 3, (a, b) -> a == b ? 1 : 0),
    /** Not equal. */
    NOT_EQUAL("!=", 3, (a, b) -> a != b ? 1 : 0),
    /** Greater. */
    GREATER(">", 3, (a, b) -> a > b ? 1 : 0),
    /** Less. */
    LESS("<", 3, (a, b) -> a < b ? 1 : 0),
    /** Greater or equal. */
    AT_LEAST(">=", 3, (a, b) -> a >= b ? 1 : 0),
    /** Less or equal. */
    AT_MOST("<=", 3, (a, b) -> a <= b ? 1 : 0),
    /** Sum. */
    PLUS("+", 4, (a, b) -> a + b),
    /** Difference. */
    MINUS("-", 4, (a, b) -> a - b),
    /** Product. */
    TIMES("*", 5, (a, b) -> a * b),
    /** Quotient. */
    DIVIDE("/", 5, (a, b) -> a / b),
    /** Remainder, with the sign of the left side. */
    MODULO("%", 5, (a, b) -> a % b),
    /** Power; binds to the right. */
    POWER("^", 6, Math::pow);

    private final String symbol;
    private final int precedence;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Optional<DoubleBinaryOperator> function;

    BinaryOperator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.function = Optional.empty();
    }

    BinaryOperator(String symbol, int precedence, DoubleBinaryOperator function) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.function = Optional.of(function);
    }

    /** The one written so; empty when there is none. */
    static Optional<BinaryOperator> of(String symbol) {
        return Arrays.stream(values()).filter(one -> one.symbol.equals(symbol)).findFirst();
    }

    /** How tightly it binds, 1 to 6. */
    int precedence() {
        return precedence;
    }

    /** Whether it takes series, not values, as its two sides. */
    boolean isOfSets() {
        return function.isEmpty();
    }

    boolean isComparison() {
        return precedence == EQUAL.precedence;
    }

    /** The value of two; comparisons give 0 or 1. Not of sets. */
    double apply(double left, double right) {
        return function.orElseThrow().applyAsDouble(left, right);
    }
}
