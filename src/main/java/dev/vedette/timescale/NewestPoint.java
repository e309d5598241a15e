package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.ingestion.source.StoredUpTo;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.Series;
import dev.vedette.tenant.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds a tenant's newest point by the last points of its series. */
@Singleton
class NewestPoint implements StoredUpTo {
    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SeriesDirectory directory;
    private final PointReader reader;

    NewestPoint(SeriesDirectory directory, PointReader reader) {
        this.directory = directory;
        this.reader = reader;
    }

    @Override
    public Optional<Instant> newest(TenantId tenant) {
        Optional<Instant> newest = Optional.empty();
        List<Series> page = page(tenant, 0);
        while (!page.isEmpty()) {
            Collection<MetricPoint> last =
                    reader.last(tenant, page.stream().map(Series::id).toList())
                            .await()
                            .atMost(PATIENCE)
                            .values();
            newest =
                    java.util.stream.Stream.concat(
                                    newest.stream(), last.stream().map(MetricPoint::timestamp))
                            .max(Comparator.naturalOrder());
            page = page(tenant, page.getLast().id().value());
        }
        return newest;
    }

    private List<Series> page(TenantId tenant, long afterId) {
        return directory
                .list(tenant, SeriesDirectory.Filter.ALL, afterId, PAGE)
                .await()
                .atMost(PATIENCE);
    }
}
