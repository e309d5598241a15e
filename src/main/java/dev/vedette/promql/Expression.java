package dev.vedette.promql;

import java.util.List;
import java.util.Optional;

/** A query, read. */
public sealed interface Expression {
    /** A number. */
    record Literal(double value) implements Expression {}

    /** Series; with a range their samples, only as the argument of a function or as a whole. */
    record Select(Selector selector) implements Expression {}

    /** The moment itself, in seconds since 1970-01-01T00:00Z. */
    record Time() implements Expression {}

    /** A scalar as a series without labels. */
    record AsVector(Expression scalar) implements Expression {}

    /** A function of each series' samples within a range. */
    record OverRange(RangeFunction function, Selector selector) implements Expression {}

    /**
     * A function of each value.
     *
     * @param parameter second argument, a scalar
     */
    record OfEach(ValueFunction function, Expression of, Optional<Expression> parameter)
            implements Expression {}

    /**
     * Several series made few.
     *
     * @param parameter how many to keep, a scalar
     * @param labels by which labels, or without which
     */
    record Aggregate(
            Aggregation aggregation,
            Optional<Expression> parameter,
            Expression of,
            boolean without,
            List<String> labels)
            implements Expression {}

    /** The opposite number of each value. */
    record Negative(Expression of) implements Expression {}

    /**
     * Two sides, value by value.
     *
     * @param asNumber for comparisons: 0 or 1 instead of a filter
     */
    record Binary(
            BinaryOperator operator,
            Expression left,
            Expression right,
            boolean asNumber,
            Matching matching)
            implements Expression {}

    /**
     * Which series of two sides belong together.
     *
     * @param on whether only those labels count; else all but those
     * @param labels which
     * @param manyLeft whether several series of the left side may meet one of the right
     */
    record Matching(boolean on, List<String> labels, boolean manyLeft) {
        static final Matching ALL_LABELS = new Matching(false, List.of(), false);
    }
}
