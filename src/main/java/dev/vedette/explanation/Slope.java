package dev.vedette.explanation;

import dev.vedette.series.MetricSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How fast a stretch of a series moves. */
final class Slope {
    private static final int LEAST_POINTS = 3;
    private static final long LEAST_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final double HOUR = Duration.ofHours(1).toMillis();

    private Slope() {}

    /**
     * The least-squares slope of the points between the two times, both inclusive, in units an
     * hour; empty when they are too few or too close together to speak of a pace.
     */
    static Optional<Double> perHour(MetricSeries series, Instant from, Instant to) {
        double count = 0;
        double sumT = 0;
        double sumV = 0;
        double sumTt = 0;
        double sumTv = 0;
        long start = from.toEpochMilli();
        for (int i = 0; i < series.size(); i++) {
            long offset = series.epochMillis(i) - start;
            if (offset >= 0 && series.epochMillis(i) <= to.toEpochMilli()) {
                double hours = offset / HOUR;
                count++;
                sumT += hours;
                sumV += series.value(i);
                sumTt += hours * hours;
                sumTv += hours * series.value(i);
            }
        }
        if (count < LEAST_POINTS || to.toEpochMilli() - start < LEAST_MILLIS) {
            return Optional.empty();
        }
        return Optional.of((count * sumTv - sumT * sumV) / (count * sumTt - sumT * sumT));
    }
}
