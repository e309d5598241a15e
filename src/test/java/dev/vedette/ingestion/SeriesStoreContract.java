package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link SeriesStore} holds. */
public abstract class SeriesStoreContract {
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());

    /** The store under test. */
    protected abstract SeriesStore store();

    @Test
    void seriesCreatedIsFoundAgain() {
        List<SeriesStore.Wanted> wanted = List.of(wanted("cpu"), wanted("memory"));
        List<Series> created = all(find(wanted, 10));
        assertEquals(created, all(find(wanted, 10)));
        assertNotEquals(created.get(0).id(), created.get(1).id());
        assertEquals(wanted.get(0).key(), created.get(0).key());
        assertEquals(Shards.of(wanted.get(0).key()), created.get(0).shard());
    }

    @Test
    void labelsTellSeriesApart() {
        List<Series> series =
                all(find(List.of(wanted("cpu"), wanted("cpu", Map.of("core", "0"))), 10));
        assertNotEquals(series.get(0).id(), series.get(1).id());
    }

    @Test
    void longestNamesAndLabelsAreKept() {
        String longest = "長".repeat(256);
        Map<String, String> pairs = new HashMap<>();
        IntStream.range(0, 32).forEach(i -> pairs.put(i + "x".repeat(200), longest));
        Labels labels = Labels.of(pairs);
        SeriesStore.Wanted wanted =
                new SeriesStore.Wanted(
                        new SeriesKey(tenant, longest, longest, longest, labels), Optional.empty());
        assertEquals(wanted.key(), all(find(List.of(wanted), 10)).getFirst().key());
    }

    @Test
    void unitIsKeptOnceSaid() {
        assertEquals(Optional.empty(), all(find(List.of(wanted("cpu")), 10)).getFirst().unit());
        for (String unit : List.of("percent", "bytes")) {
            SeriesStore.Wanted saying =
                    new SeriesStore.Wanted(wanted("cpu").key(), Optional.of(unit));
            assertEquals(Optional.of("percent"), all(find(List.of(saying), 10)).getFirst().unit());
        }
    }

    @Test
    void seriesBeyondTheLimitAreNotCreated() {
        List<SeriesStore.Wanted> wanted = List.of(wanted("a"), wanted("b"), wanted("c"));
        List<Optional<Series>> found = find(wanted, 2);
        assertTrue(found.get(0).isPresent() && found.get(1).isPresent());
        assertEquals(Optional.empty(), found.get(2));
        assertEquals(3, all(find(wanted, 3)).size());
    }

    @Test
    void anotherTenantGetsAnotherSeries() {
        Series ours = all(find(List.of(wanted("cpu")), 1)).getFirst();
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        SeriesKey key = new SeriesKey(other, "c", "n", "cpu", Labels.NONE);
        // The limit is each tenant's own.
        Series theirs =
                all(store().findOrCreate(
                                        other,
                                        List.of(new SeriesStore.Wanted(key, Optional.empty())),
                                        1)
                                .await()
                                .indefinitely())
                        .getFirst();
        assertNotEquals(ours.id().value(), theirs.id().value());
        assertEquals(other, theirs.id().tenant());
    }

    @Test
    void keyOfAnotherTenantIsRefused() {
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        store().findOrCreate(other, List.of(wanted("cpu")), 10)
                                .await()
                                .indefinitely());
    }

    @Test
    void concurrentCallersGetTheSameIdsAndKeepTheLimit() {
        List<Uni<List<Optional<Series>>>> calls = new ArrayList<>();
        for (int caller = 0; caller < 6; caller++) {
            int from = caller;
            calls.add(
                    store().findOrCreate(
                                    tenant,
                                    IntStream.range(from, from + 20)
                                            .mapToObj(i -> wanted("m" + i))
                                            .toList(),
                                    22));
        }
        List<List<Optional<Series>>> answers =
                Uni.join().all(calls).andFailFast().await().indefinitely();
        Map<SeriesKey, Long> ids = new HashMap<>();
        for (List<Optional<Series>> answer : answers) {
            for (Optional<Series> series : answer) {
                series.ifPresent(s -> {
                    Long before = ids.put(s.key(), s.id().value());
                    assertTrue(before == null || before == s.id().value());
                });
            }
        }
        assertEquals(22, ids.size());
    }

    private List<Optional<Series>> find(List<SeriesStore.Wanted> wanted, int maxSeries) {
        return store().findOrCreate(tenant, wanted, maxSeries).await().indefinitely();
    }

    private static List<Series> all(List<Optional<Series>> found) {
        return found.stream().map(Optional::orElseThrow).toList();
    }

    private SeriesStore.Wanted wanted(String metric) {
        return wanted(metric, Map.of());
    }

    private SeriesStore.Wanted wanted(String metric, Map<String, String> labels) {
        return new SeriesStore.Wanted(
                new SeriesKey(tenant, "c", "n", metric, Labels.of(labels)), Optional.empty());
    }
}
