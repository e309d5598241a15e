package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyType;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Stored anomalies, read side. */
public interface AnomalyQueries {
    /**
     * Which anomalies are meant; an absent part means any.
     *
     * @param from only those that end at or after
     * @param to only those that start before
     * @param clusterId exact
     * @param nodeId exact
     * @param metricName exact
     * @param label exact
     * @param minScore lowest score, in [0,1]
     * @param status exact
     * @param source exact
     */
    record Filter(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> clusterId,
            Optional<String> nodeId,
            Optional<String> metricName,
            Optional<AnomalyType> label,
            double minScore,
            Optional<AnomalyStatus> status,
            Optional<AnomalySource> source) {
        /** All anomalies. */
        public static final Filter ALL =
                new Filter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        Optional.empty());
    }

    /**
     * A place in the order newest first: by window start, then id, both descending. Stable under
     * inserts.
     */
    record Position(Instant windowStart, UUID id) {}

    /**
     * As much of an anomaly as counting takes.
     *
     * @param lead its series, of a node's the one that contributes most; empty for payments
     */
    record Begun(String clusterId, String nodeId, Optional<SeriesId> lead, Instant windowStart) {
        /** That of the anomaly. */
        public static Begun of(Anomaly anomaly) {
            AnomalyPlace place = anomaly.place();
            return new Begun(
                    place.clusterId(),
                    place.nodeId(),
                    place.payment().isPresent()
                            ? Optional.empty()
                            : Optional.of(anomaly.lead().id()),
                    anomaly.result().windowStart());
        }
    }

    /**
     * The tenant's anomalies that fit, newest first.
     *
     * @param after only those after that place in the order; empty from the start
     * @param limit most anomalies, 1 to 1000
     */
    Uni<List<Anomaly>> list(TenantId tenant, Filter filter, Optional<Position> after, int limit);

    /**
     * The same as {@link #list} from the start, of each as much as counting takes.
     *
     * @param limit most anomalies, 1 to 1000
     */
    Uni<List<Begun>> begun(TenantId tenant, Filter filter, int limit);

    /** The id of the incident of each of those anomalies that belongs to one by now. */
    Uni<Map<UUID, UUID>> incidentsOf(TenantId tenant, Collection<UUID> anomalies);

    /** The tenant's anomaly of that id. */
    Uni<Optional<Anomaly>> find(TenantId tenant, UUID id);
}
