package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The catalogue of series as ingestion sees it: a bounded cache over {@link SeriesStore}. All
 * series a request needs and the cache lacks are asked for in one call. Thread-safe.
 */
public final class Catalogue {
    private final SeriesStore store;
    private final RecentMap<SeriesKey, Series> recent;

    /**
     * Over that store.
     *
     * @param maxCached most series remembered, above 0
     */
    public Catalogue(SeriesStore store, int maxCached) {
        this.store = store;
        this.recent = new RecentMap<>(maxCached);
    }

    /**
     * Resolves the series of a request.
     *
     * @param wanted all of that tenant; may repeat
     * @param maxSeries most series the tenant may have
     * @return aligned with {@code wanted}; empty where the tenant would have too many; fails with
     *     {@link StorageUnavailableException}
     */
    Uni<List<Optional<Series>>> resolve(
            TenantId tenant, List<AdmittedSeries> wanted, int maxSeries) {
        List<Optional<Series>> found = new ArrayList<>(wanted.size());
        Map<SeriesKey, SeriesStore.Wanted> missing = new LinkedHashMap<>();
        for (AdmittedSeries series : wanted) {
            Optional<Series> known = known(series);
            found.add(known);
            if (known.isEmpty()) {
                missing.merge(
                        series.key(),
                        new SeriesStore.Wanted(series.key(), series.unit()),
                        (first, next) -> first.unit().isPresent() ? first : next);
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        List<SeriesStore.Wanted> asked = List.copyOf(missing.values());
        return store.findOrCreate(tenant, asked, maxSeries)
                .map(answers -> fill(wanted, found, asked, answers));
    }

    private Optional<Series> known(AdmittedSeries series) {
        Optional<Series> remembered = series.known();
        if (remembered.isPresent()) {
            return remembered;
        }
        Optional<Series> cached = recent.find(series.key()).filter(seen -> knowsUnit(seen, series));
        if (cached.isPresent()) {
            series.found(cached);
        }
        return cached;
    }

    // A unit said for the first time has to reach the store.
    private static boolean knowsUnit(Series known, AdmittedSeries wanted) {
        return known.unit().isPresent() || wanted.unit().isEmpty();
    }

    private List<Optional<Series>> fill(
            List<AdmittedSeries> wanted,
            List<Optional<Series>> found,
            List<SeriesStore.Wanted> asked,
            List<Optional<Series>> answers) {
        Map<SeriesKey, Optional<Series>> answered = LinkedHashMap.newLinkedHashMap(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            answered.put(asked.get(i).key(), answers.get(i));
            answers.get(i).ifPresent(series -> recent.put(series.key(), series));
        }
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isEmpty()) {
                Optional<Series> answer =
                        answered.getOrDefault(wanted.get(i).key(), Optional.empty());
                found.set(i, answer);
                wanted.get(i).found(answer);
            }
        }
        return found;
    }
}
