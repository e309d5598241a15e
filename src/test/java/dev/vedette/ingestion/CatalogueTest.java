package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final TenantId ACME = new TenantId("acme");

    private final InMemorySeriesStore stored = new InMemorySeriesStore();
    private final List<Integer> asked = new ArrayList<>();
    private final Catalogue catalogue = new Catalogue(this::findOrCreate, 100);

    @Test
    void allThatIsMissingIsAskedForOnceAndThenRemembered() {
        List<AdmittedSeries> wanted = List.of(wanted("a", ""), wanted("b", ""), wanted("a", ""));
        List<Optional<Series>> first = resolve(wanted);
        assertEquals(first.get(0), first.get(2));
        assertEquals(first, resolve(wanted));
        assertEquals(List.of(2), asked);
    }

    @Test
    void unitSaidLaterReachesTheStore() {
        resolve(List.of(wanted("a", "")));
        resolve(List.of(wanted("a", "percent")));
        resolve(List.of(wanted("a", "percent")));
        assertEquals(List.of(1, 1), asked);
    }

    @Test
    void seriesBeyondTheLimitStayEmpty() {
        List<Optional<Series>> found =
                catalogue
                        .resolve(ACME, List.of(wanted("a", ""), wanted("b", "")), 1)
                        .await()
                        .indefinitely();
        assertTrue(found.get(0).isPresent() && found.get(1).isEmpty());
    }

    @Test
    void cacheStaysBounded() {
        RecentMap<Integer, Integer> map = new RecentMap<>(100);
        for (int i = 0; i < 10_000; i++) {
            map.put(i, i);
            assertEquals(Optional.of(i), map.find(i));
        }
        assertTrue(map.size() <= 101, "holds " + map.size());
    }

    @Test
    void entryInUseIsNotForgotten() {
        RecentMap<Integer, Integer> map = new RecentMap<>(100);
        map.put(-1, -1);
        for (int i = 0; i < 10_000; i++) {
            map.put(i, i);
            assertEquals(Optional.of(-1), map.find(-1));
        }
    }

    private List<Optional<Series>> resolve(List<AdmittedSeries> wanted) {
        return catalogue.resolve(ACME, wanted, 100).await().indefinitely();
    }

    private static AdmittedSeries wanted(String metric, String unit) {
        SeriesKey key = new SeriesKey(ACME, "eu-1", "web-1", metric, Labels.NONE);
        IncomingSeries sent =
                new IncomingSeries(
                        "/series/0",
                        key.clusterId(),
                        key.nodeId(),
                        metric,
                        Map.of(),
                        Optional.of(unit).filter(name -> !name.isEmpty()),
                        0,
                        1,
                        Optional.empty());
        return new AdmittedSeries(sent, key, 0, 1);
    }

    private Uni<List<Optional<Series>>> findOrCreate(
            TenantId tenant, List<SeriesStore.Wanted> wanted, int maxSeries) {
        asked.add(wanted.size());
        return stored.findOrCreate(tenant, wanted, maxSeries);
    }
}
