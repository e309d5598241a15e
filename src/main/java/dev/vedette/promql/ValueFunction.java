package dev.vedette.promql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of a value. */
public enum ValueFunction {
    /** Without its sign. */
    ABS(Math::abs),
    /** Rounded up. */
    CEIL(Math::ceil),
    /** Rounded down. */
    FLOOR(Math::floor),
    /** To the nearest whole number, halves up. */
    ROUND(value -> Math.floor(value + 0.5)),
    /** Square root. */
    SQRT(Math::sqrt),
    /** e to that power. */
    EXP(Math::exp),
    /** Natural logarithm. */
    LN(Math::log),
    /** Logarithm to base 2. */
    LOG2(value -> Math.log(value) / Math.log(2)),
    /** Logarithm to base 10. */
    LOG10(Math::log10),
    /** At least the second argument. */
    CLAMP_MIN((DoubleBinaryOperator) Math::max),
    /** At most the second argument. */
    CLAMP_MAX((DoubleBinaryOperator) Math::min);

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final DoubleBinaryOperator function;

    private final boolean hasParameter;

    ValueFunction(DoubleUnaryOperator function) {
        this.function = (value, _) -> function.applyAsDouble(value);
        this.hasParameter = false;
    }

    ValueFunction(DoubleBinaryOperator function) {
        this.function = function;
        this.hasParameter = true;
    }

    /** The one of that name; empty when there is none. */
    static Optional<ValueFunction> of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Whether there is a second argument. */
    boolean hasParameter() {
        return hasParameter;
    }

    /** Its value. */
    double apply(double value, double parameter) {
        return function.applyAsDouble(value, parameter);
    }
}
