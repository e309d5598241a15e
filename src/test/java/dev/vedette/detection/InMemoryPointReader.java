package dev.vedette.detection;

import dev.vedette.series.MetricPoint;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stored points, in memory, for tests: those of the blocks and the log of a store in memory. */
public final class InMemoryPointReader implements PointReader {
    private final InMemoryShardStore store;

    /** Reading from that store. */
    public InMemoryPointReader(InMemoryShardStore store) {
        this.store = store;
    }

    @Override
    public Uni<Map<SeriesId, Points>> points(
            TenantId tenant, Collection<SeriesId> series, TimeRange range, int maxPoints) {
        return Uni.createFrom()
                .item(() -> {
                    Map<SeriesId, Points> found = new HashMap<>();
                    for (Series one : owned(tenant, series)) {
                        SortedMap<Long, Double> times =
                                known(one)
                                        .subMap(
                                                range.from().toEpochMilli(),
                                                range.to().toEpochMilli());
                        if (!times.isEmpty()) {
                            found.put(one.id(), newest(times, maxPoints));
                        }
                    }
                    return found;
                });
    }

    @Override
    public Uni<Map<SeriesId, MetricPoint>> last(TenantId tenant, List<SeriesId> series) {
        return Uni.createFrom()
                .item(() -> {
                    Map<SeriesId, MetricPoint> found = new HashMap<>();
                    for (Series one : owned(tenant, series)) {
                        Optional.ofNullable(known(one).lastEntry())
                                .ifPresent(last ->
                                        found.put(
                                                one.id(),
                                                new MetricPoint(
                                                        Instant.ofEpochMilli(last.getKey()),
                                                        last.getValue())));
                    }
                    return found;
                });
    }

    private List<Series> owned(TenantId tenant, Collection<SeriesId> asked) {
        return store.series(asked.stream().map(SeriesId::value).toList()).values().stream()
                .filter(one -> one.id().tenant().equals(tenant))
                .toList();
    }

    private NavigableMap<Long, Double> known(Series series) {
        NavigableMap<Long, Double> points = new TreeMap<>(store.points(series));
        points.values().removeIf(value -> value.isNaN());
        return points;
    }

    private static Points newest(SortedMap<Long, Double> points, int most) {
        int older = Math.max(0, points.size() - most);
        return new Points(
                points.keySet().stream().skip(older).mapToLong(Long::longValue).toArray(),
                points.values().stream().skip(older).mapToDouble(Double::doubleValue).toArray());
    }
}
