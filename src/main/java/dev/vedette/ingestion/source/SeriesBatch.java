package dev.vedette.ingestion.source;

import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IncomingPoints;
import dev.vedette.ingestion.IncomingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds a batch series by series: add the points of one, then name it. Not thread-safe. */
public final class SeriesBatch {
    private final List<IncomingSeries> series = new ArrayList<>();
    private final IncomingPoints points;
    private int start;

    /** With room for that many points; grows. */
    public SeriesBatch(int capacity) {
        points = new IncomingPoints(capacity);
    }

    /** Adds a point to the series to be named next. */
    public void add(long epochMillis, double value) {
        points.add(epochMillis, value);
    }

    /** Names the series of the points added since the last one; nothing when there are none. */
    public void endSeries(
            String clusterId,
            String nodeId,
            String metricName,
            Map<String, String> labels,
            Optional<String> unit) {
        if (points.size() > start) {
            series.add(
                    new IncomingSeries(
                            "/series/" + series.size(),
                            clusterId,
                            nodeId,
                            metricName,
                            labels,
                            unit,
                            start,
                            points.size(),
                            Optional.empty()));
            start = points.size();
        }
    }

    /** How many points. */
    public int size() {
        return points.size();
    }

    /** The batch; this builder is not used any more. */
    public IncomingBatch build() {
        return new IncomingBatch(series, points, Set.of());
    }
}
