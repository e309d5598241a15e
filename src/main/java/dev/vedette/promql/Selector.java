package dev.vedette.promql;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which samples an expression reads.
 *
 * @param matchers what the series' labels must fit, all of them; at least one that the empty value
 *     does not fit
 * @param range how far back from each moment; zero: only the newest sample, at most {@link
 *     #LOOKBACK} old
 * @param offset how much earlier; negative: later
 */
public record Selector(List<LabelMatcher> matchers, Duration range, Duration offset) {
    /** How old the newest sample may be. */
    public static final Duration LOOKBACK = Duration.ofMinutes(5);

    /** Copies the list. */
    public Selector {
        matchers = List.copyOf(matchers);
    }

    /** Whether those labels fit all matchers. */
    public boolean matches(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }

    /** How far back from a moment samples count. */
    public Duration reach() {
        return range.isZero() ? LOOKBACK : range;
    }

    /** The one value that the label must have; empty when several may do. */
    public Optional<String> exactly(String label) {
        return matchers.stream()
                .filter(matcher ->
                        matcher.name().equals(label)
                                && matcher.operator() == LabelMatcher.Operator.EQUAL
                                && !matcher.value().isEmpty())
                .map(LabelMatcher::value)
                .findFirst();
    }
}
