package dev.vedette.detection;

import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue of series, read side, in memory, for tests. */
public final class InMemorySeriesDirectory implements SeriesDirectory {
    private final InMemorySeriesStore catalogue;

    /** Reading from that catalogue. */
    public InMemorySeriesDirectory(InMemorySeriesStore catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Uni<List<Series>> list(TenantId tenant, Filter filter, long afterId, int limit) {
        return Uni.createFrom()
                .item(() ->
                        catalogue.ofTenant(tenant).stream()
                                .filter(one ->
                                        one.id().value() > afterId && fits(filter, one.key()))
                                .sorted(Comparator.comparingLong(one -> one.id().value()))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<List<Series>> list(
            TenantId tenant, Set<String> metricNames, Filter filter, long afterId, int limit) {
        return list(tenant, filter, afterId, Integer.MAX_VALUE)
                .map(all ->
                        all.stream()
                                .filter(one -> metricNames.contains(one.key().metricName()))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<Set<String>> metricNames(TenantId tenant) {
        return Uni.createFrom()
                .item(() ->
                        catalogue.ofTenant(tenant).stream()
                                .map(one -> one.key().metricName())
                                .collect(Collectors.toSet()));
    }

    private static boolean fits(Filter filter, SeriesKey key) {
        return filter.clusterId().orElse(key.clusterId()).equals(key.clusterId())
                && filter.nodeId().orElse(key.nodeId()).equals(key.nodeId())
                && filter.metricName().orElse(key.metricName()).equals(key.metricName())
                && key.labels().pairs().entrySet().containsAll(filter.labels().entrySet());
    }

    @Override
    public Uni<Optional<Series>> find(SeriesKey key) {
        return Uni.createFrom()
                .item(() ->
                        catalogue.all().stream().filter(one -> one.key().equals(key)).findFirst());
    }

    @Override
    public Uni<Map<SeriesId, DetectorState>> detectors(TenantId tenant, List<SeriesId> series) {
        return Uni.createFrom().item(Map.of());
    }

    @Override
    public Uni<Map<SeriesId, SeriesPrior>> priors(TenantId tenant, List<SeriesId> series) {
        return Uni.createFrom().item(Map.of());
    }

    @Override
    public Uni<WarmUp> warmUp(TenantId tenant, int most) {
        return Uni.createFrom().item(new WarmUp(List.of(), List.of()));
    }

    @Override
    public Uni<List<NodeSeen>> longestSilent(TenantId tenant, Instant since, int most) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Long> count(TenantId tenant) {
        return Uni.createFrom().item(() -> (long) catalogue.ofTenant(tenant).size());
    }
}
