package dev.vedette.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a selector asks of one label. A label that is absent has the empty value.
 *
 * @param name of the label; {@value #NAME} for the metric's name
 * @param operator how it is compared
 * @param value with what, as written
 * @param fits the comparison, ready
 */
public record LabelMatcher(String name, Operator operator, String value, Predicate<String> fits) {
    /** The label that holds the metric's name. */
    public static final String NAME = "__name__";

    /** The comparisons. */
    public enum Operator {
        /** The same. */
        EQUAL("="),
        /** Another. */
        NOT_EQUAL("!="),
        /** The whole value fits the regular expression (RE2). */
        REGEX("=~"),
        /** It does not. */
        NOT_REGEX("!~");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** The one written so. */
        static Optional<Operator> of(String symbol) {
            return Arrays.stream(values()).filter(one -> one.symbol.equals(symbol)).findFirst();
        }
    }

    /**
     * The matcher of those parts.
     *
     * @throws PromQlException when the value is no regular expression where one is needed
     */
    public static LabelMatcher of(String name, Operator operator, String value) {
        Predicate<String> fits =
                switch (operator) {
                    case EQUAL -> value::equals;
                    case NOT_EQUAL -> other -> !value.equals(other);
                    case REGEX -> pattern(value);
                    case NOT_REGEX -> pattern(value).negate();
                };
        return new LabelMatcher(name, operator, value, fits);
    }

    private static Predicate<String> pattern(String regex) {
        try {
            // linear in the value's length, whatever the expression
            Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
            return pattern::matches;
        } catch (PatternSyntaxException e) {
            throw PromQlException.badData(
                    "invalid regular expression \"" + regex + "\": " + e.getDescription());
        }
    }

    /** Whether those labels fit. */
    public boolean matches(Map<String, String> labels) {
        return fits.test(labels.getOrDefault(name, ""));
    }
}
