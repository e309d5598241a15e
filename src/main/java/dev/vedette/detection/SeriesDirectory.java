package dev.vedette.detection;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalogue of series, read side. */
public interface SeriesDirectory {
    /**
     * Which series are meant; an absent part means any.
     *
     * @param clusterId exact
     * @param nodeId exact
     * @param metricName exact
     * @param labels pairs that the series carries, perhaps among others
     */
    record Filter(
            Optional<String> clusterId,
            Optional<String> nodeId,
            Optional<String> metricName,
            Map<String, String> labels) {
        /** All series. */
        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /**
     * The tenant's series that fit, by id, ascending.
     *
     * @param afterId only series with a higher id; 0 from the start
     * @param limit most series, 1 to 1000
     */
    Uni<List<Series>> list(TenantId tenant, Filter filter, long afterId, int limit);

    /**
     * The same, of several metrics.
     *
     * @param metricNames exact, at least one; the filter names none
     */
    Uni<List<Series>> list(
            TenantId tenant, Set<String> metricNames, Filter filter, long afterId, int limit);

    /** The names of the tenant's metrics. */
    Uni<Set<String>> metricNames(TenantId tenant);

    /** The series of exactly that key. */
    Uni<Optional<Series>> find(SeriesKey key);

    /**
     * Where the detectors of those series stand; one of which no state was stored yet is absent.
     *
     * @param series of that tenant, at most 1000
     */
    Uni<Map<SeriesId, DetectorState>> detectors(TenantId tenant, List<SeriesId> series);

    /**
     * What those series began with; one that began from nothing is absent.
     *
     * @param series of that tenant, at most 1000
     */
    Uni<Map<SeriesId, SeriesPrior>> priors(TenantId tenant, List<SeriesId> series);

    /**
     * How far the tenant's detectors have warmed up.
     *
     * @param most most series that are told one by one, 1 to 1000
     */
    Uni<WarmUp> warmUp(TenantId tenant, int most);

    /**
     * The nodes by when they were last judged, the longest silent first. A node that was silent
     * since before is not told of.
     *
     * @param since how far back to look, a day at most: every five minutes of every node is read
     * @param most most nodes, 1 to 1000
     */
    Uni<List<NodeSeen>> longestSilent(TenantId tenant, Instant since, int most);

    /** How many series the tenant has. */
    Uni<Long> count(TenantId tenant);
}
