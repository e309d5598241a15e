package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Stored anomalies, in memory, for tests: those a store in memory holds. */
public final class InMemoryAnomalyQueries implements AnomalyQueries {
    // Ids by their text, which is their order as unsigned bytes; UUID compares signed halves.
    private static final Comparator<Position> NEWEST_FIRST =
            Comparator.comparing(Position::windowStart)
                    .thenComparing(place -> place.id().toString())
                    .reversed();

    private final InMemoryShardStore store;

    /** Reading from that store. */
    public InMemoryAnomalyQueries(InMemoryShardStore store) {
        this.store = store;
    }

    @Override
    public Uni<List<Anomaly>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit) {
        return Uni.createFrom()
                .item(() ->
                        store.anomalies.values().stream()
                                .filter(one -> one.place().tenant().equals(tenant))
                                .filter(one -> fits(filter, one.place()) && fits(filter, one))
                                .filter(one -> after.map(place -> isAfter(place, one)).orElse(true))
                                .sorted(
                                        Comparator.comparing(
                                                InMemoryAnomalyQueries::position, NEWEST_FIRST))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<List<Begun>> begun(TenantId tenant, Filter filter, int limit) {
        return list(tenant, filter, Optional.empty(), limit)
                .map(found -> found.stream().map(Begun::of).toList());
    }

    private static boolean fits(Filter filter, AnomalyPlace key) {
        return filter.clusterId().orElse(key.clusterId()).equals(key.clusterId())
                && filter.nodeId().orElse(key.nodeId()).equals(key.nodeId())
                && filter.metricName()
                        .map(name -> key.metricName().equals(Optional.of(name)))
                        .orElse(true);
    }

    private static boolean fits(Filter filter, Anomaly anomaly) {
        AnomalyResult result = anomaly.result();
        return filter.from().map(from -> !result.windowEnd().isBefore(from)).orElse(true)
                && filter.to().map(result.windowStart()::isBefore).orElse(true)
                && filter.label().orElse(result.label()) == result.label()
                && filter.status().orElse(anomaly.status()) == anomaly.status()
                && result.anomalyScore() >= filter.minScore();
    }

    private static boolean isAfter(Position place, Anomaly anomaly) {
        return NEWEST_FIRST.compare(place, position(anomaly)) < 0;
    }

    private static Position position(Anomaly anomaly) {
        return new Position(anomaly.result().windowStart(), anomaly.id());
    }

    /** A store in memory groups nothing. */
    @Override
    public Uni<Map<UUID, UUID>> incidentsOf(TenantId tenant, Collection<UUID> anomalies) {
        return Uni.createFrom().item(Map.of());
    }

    @Override
    public Uni<Optional<Anomaly>> find(TenantId tenant, UUID id) {
        return Uni.createFrom()
                .item(() ->
                        Optional.ofNullable(store.anomalies.get(id))
                                .filter(one -> one.place().tenant().equals(tenant)));
    }
}
