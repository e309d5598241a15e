package dev.vedette.detection;

import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Stored points, read side: blocks joined with the log's tail. */
public interface PointReader {
    /**
     * Points of one series.
     *
     * @param epochMillis strictly increasing, milliseconds since 1970-01-01T00:00Z
     * @param values aligned with them
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
    record Points(long[] epochMillis, double[] values) {
        /** None. */
        public static final Points NONE = new Points(new long[0], new double[0]);
    }

    /**
     * The points of those series in that range, oldest first, each (series, time) once with the
     * value sent last.
     *
     * @param tenant whose they are; a series of another tenant yields nothing
     * @param maxPoints most points per series; the newest ones are kept
     * @return by series; a series without points is absent
     */
    Uni<Map<SeriesId, Points>> points(
            TenantId tenant, Collection<SeriesId> series, TimeRange range, int maxPoints);

    /** The time and value of the last point of each series; a series without points is absent. */
    Uni<Map<SeriesId, dev.vedette.series.MetricPoint>> last(TenantId tenant, List<SeriesId> series);
}
