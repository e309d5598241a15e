package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SeriesDirectory} holds. */
public abstract class SeriesDirectoryContract {
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final TenantId other = new TenantId("t-" + UUID.randomUUID());
    private List<Series> stored = List.of();

    /** The directory under test. */
    protected abstract SeriesDirectory directory();

    /** Where series are made. */
    protected abstract SeriesStore catalogue();

    @BeforeEach
    void fill() {
        stored =
                store(
                        List.of(
                                key("c1", "n1", "cpu", Map.of()),
                                key("c1", "n1", "cpu", Map.of("core", "0", "mode", "idle")),
                                key("c1", "n2", "memory", Map.of()),
                                key("c2", "n1", "cpu", Map.of("core", "1"))));
        store(List.of(new SeriesKey(other, "c1", "n1", "cpu", Labels.NONE)));
    }

    @Test
    void listHoldsTheTenantsSeriesById() {
        assertEquals(stored, list(SeriesDirectory.Filter.ALL, 0, 10));
        assertEquals(4, directory().count(tenant).await().indefinitely());
        assertEquals(0, directory().count(new TenantId("nobody")).await().indefinitely());
    }

    @Test
    void pageGoesOnAfterTheLastId() {
        assertEquals(stored.subList(0, 3), list(SeriesDirectory.Filter.ALL, 0, 3));
        long last = stored.get(2).id().value();
        assertEquals(stored.subList(3, 4), list(SeriesDirectory.Filter.ALL, last, 3));
    }

    @Test
    void filtersNarrowTogether() {
        assertEquals(stored.subList(0, 3), list(filter("c1", null, null, Map.of()), 0, 10));
        assertEquals(stored.subList(2, 3), list(filter("c1", "n2", "memory", Map.of()), 0, 10));
        assertEquals(
                stored.subList(1, 2), list(filter(null, null, null, Map.of("core", "0")), 0, 10));
        assertEquals(List.of(), list(filter("c2", "n2", null, Map.of()), 0, 10));
    }

    @Test
    void seriesIsFoundByItsWholeKeyOnly() {
        Series wanted = stored.get(1);
        assertEquals(Optional.of(wanted), directory().find(wanted.key()).await().indefinitely());
        SeriesKey fewer = key("c1", "n1", "cpu", Map.of("core", "0"));
        assertEquals(Optional.empty(), directory().find(fewer).await().indefinitely());
    }

    /** Stores series of those keys, with rising ids. */
    private List<Series> store(List<SeriesKey> keys) {
        return keys.stream()
                .map(key ->
                        catalogue()
                                .findOrCreate(
                                        key.tenant(),
                                        List.of(new SeriesStore.Wanted(key, Optional.empty())),
                                        100)
                                .await()
                                .indefinitely()
                                .getFirst()
                                .orElseThrow())
                .toList();
    }

    private List<Series> list(SeriesDirectory.Filter filter, long after, int limit) {
        return directory().list(tenant, filter, after, limit).await().indefinitely();
    }

    private static SeriesDirectory.Filter filter(
            @org.jspecify.annotations.Nullable String cluster,
            @org.jspecify.annotations.Nullable String node,
            @org.jspecify.annotations.Nullable String metric,
            Map<String, String> labels) {
        return new SeriesDirectory.Filter(
                Optional.ofNullable(cluster),
                Optional.ofNullable(node),
                Optional.ofNullable(metric),
                labels);
    }

    private SeriesKey key(String cluster, String node, String metric, Map<String, String> labels) {
        return new SeriesKey(tenant, cluster, node, metric, Labels.of(labels));
    }
}
