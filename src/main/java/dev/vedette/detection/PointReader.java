package dev.vedette.detection;

import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
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

    /**
     * The points of those series in that range, summed up by steps that start at multiples of the
     * step. A step that the range cuts holds the points within the range only. Wide steps are read
     * from roll-ups and so reach further back than the points.
     *
     * @param tenant whose they are; a series of another tenant yields nothing
     * @param step width, whole milliseconds, above 0
     * @param maxPoints most points per series where there is no roll-up to read; the newest are
     *     kept
     * @return by series; a series without points is absent
     */
    default Uni<Map<SeriesId, SteppedPoints>> steps(
            TenantId tenant,
            Collection<SeriesId> series,
            TimeRange range,
            Duration step,
            int maxPoints) {
        return points(tenant, series, range, maxPoints).map(found -> SteppedPoints.of(found, step));
    }

    /** The time and value of the last point of each series; a series without points is absent. */
    Uni<Map<SeriesId, dev.vedette.series.MetricPoint>> last(TenantId tenant, List<SeriesId> series);
}
