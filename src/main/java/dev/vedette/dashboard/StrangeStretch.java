package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a series was strange. */
final class StrangeStretch {
    private StrangeStretch() {}

    /**
     * From the first to the last point of the longest run whose score is at least a warning, pauses
     * of one point forgiven; empty when there is none.
     *
     * @param points oldest first
     */
    static Optional<TimeRange> of(List<Judged> points) {
        int bestStart = -1;
        int bestEnd = -1;
        int start = -1;
        int end = -1;
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).score() < ScoreMark.WARNING) {
                continue;
            }
            if (start < 0 || i - end > 2) {
                start = i;
            }
            end = i;
            if (bestStart < 0 || end - start > bestEnd - bestStart) {
                bestStart = start;
                bestEnd = end;
            }
        }
        return bestStart < 0
                ? Optional.empty()
                : Optional.of(
                        new TimeRange(
                                Instant.ofEpochMilli(points.get(bestStart).at()),
                                Instant.ofEpochMilli(points.get(bestEnd).at())));
    }
}
