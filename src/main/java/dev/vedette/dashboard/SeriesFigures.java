package dev.vedette.dashboard;

import dev.vedette.series.Series;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the values of a series are written and drawn. */
final class SeriesFigures {
    private static final Set<String> FROM_ZERO = Set.of("count", "percent", "%", "ratio");

    private SeriesFigures() {}

    /** Figures that fit all values and usual ranges shown. */
    static Figures of(Series series, List<Judged> points, Language language) {
        double[] bounds = Sparkline.bounds(points);
        return Figures.of(
                        series.unit(),
                        points.isEmpty() ? 0 : Math.max(Math.abs(bounds[0]), Math.abs(bounds[1])),
                        points.stream().allMatch(point -> isWhole(point.value())))
                .in(language);
    }

    /** The newest value of a series, alone. */
    static String newest(Series series, double value, Language language) {
        return Figures.of(series.unit(), Math.abs(value), isWhole(value))
                .in(language)
                .withUnit(value);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    /** Whether its axis must start at 0: counts and shares do. */
    static boolean startsAtZero(Series series) {
        return series.unit()
                .map(unit -> FROM_ZERO.contains(unit.toLowerCase(Locale.ROOT)))
                .orElse(false);
    }
}
