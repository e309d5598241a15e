package dev.vedette.detection.threshold;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Safe gates for the usual kinds of metrics: which side concerns anyone, and below which deviation
 * nobody would get up. They close no more than that: what an engine finds strange is its matter.
 * The reasons are in {@code docs/thresholds.md}.
 */
final class FamilyDefaults {
    private static final Set<String> PERCENT = Set.of("percent", "%", "pct", "percentage");
    private static final Set<String> SHARE = Set.of("ratio", "1", "fraction");
    private static final Set<String> ROOM = Set.of("free", "available", "avail", "idle");

    private FamilyDefaults() {}

    /**
     * What is safe to assume; absent fields stay the service's.
     *
     * @param unit as sent; empty when never said
     */
    static ThresholdFields of(MetricFamily family, String metricName, String unit) {
        double points = percentagePoints(metricName, unit);
        return switch (family) {
            case CPU -> ThresholdFields.gates(Optional.empty(), 2 * points, 0);
            case MEMORY -> ThresholdFields.gates(Optional.empty(), points, bare(points, 0.01));
            case DISK ->
                    ThresholdFields.gates(
                            Optional.of(fillSide(metricName)), 0.5 * points, bare(points, 0.005));
            case NETWORK -> ThresholdFields.gates(Optional.empty(), 0, 0.05);
            case LATENCY -> ThresholdFields.gates(Optional.of(Direction.ABOVE), 0, 0.05);
            case THROUGHPUT -> ThresholdFields.gates(Optional.empty(), 0, 0.02);
            case ERRORS -> ThresholdFields.gates(Optional.of(Direction.ABOVE), 0.1 * points, 0);
            // Its values are totals: any share of them is a day's work.
            case COUNTER, OTHER -> ThresholdFields.NONE;
        };
    }

    private static double bare(double points, double share) {
        return points > 0 ? 0 : share;
    }

    private static Direction fillSide(String metricName) {
        String name = metricName.toLowerCase(Locale.ROOT);
        return ROOM.stream().anyMatch(name::contains) ? Direction.BELOW : Direction.ABOVE;
    }

    /** One percentage point in the unit of the metric; 0 where it is no share. */
    private static double percentagePoints(String metricName, String unit) {
        String measure = unit.toLowerCase(Locale.ROOT).strip();
        String name = metricName.toLowerCase(Locale.ROOT);
        if (PERCENT.contains(measure)
                || (measure.isEmpty() && (name.endsWith("percent") || name.endsWith("pct")))) {
            return 1;
        }
        boolean share = SHARE.contains(measure) || (measure.isEmpty() && name.endsWith("_ratio"));
        return share ? 0.01 : 0;
    }
}
