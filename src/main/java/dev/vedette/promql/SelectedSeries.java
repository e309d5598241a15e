package dev.vedette.promql;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds the series that a selector means. */
@ApplicationScoped
public class SelectedSeries {
    private static final int AT_ONCE = 1000;

    /** Most series of the catalogue looked at for one selector. */
    static final int MOST_LOOKED_AT = 50_000;

    private final SeriesDirectory directory;

    SelectedSeries(SeriesDirectory directory) {
        this.directory = directory;
    }

    /**
     * What a selector means.
     *
     * @param series with their labels
     * @param isCut whether there are more, or may be
     */
    public record Found(List<Labelled> series, boolean isCut) {}

    /**
     * One series.
     *
     * @param labels what the selector sees of it
     */
    public record Labelled(Series series, SortedMap<String, String> labels) {}

    /** The names of the tenant's metrics, as selectors name them. */
    public Uni<Set<String>> metrics(TenantId tenant) {
        return directory
                .metricNames(tenant)
                .map(names ->
                        names.stream()
                                .map(SeriesLabels::metric)
                                .collect(java.util.stream.Collectors.toSet()));
    }

    /**
     * The series that fit: what was sent, or, when a {@link ScoreMetric} is named, what is said of
     * it.
     *
     * @param most most series answered, 1 or more
     */
    public Uni<Found> find(TenantId tenant, Selector selector, int most) {
        Optional<ScoreMetric> score = score(selector);
        return directory
                .metricNames(tenant)
                .chain(names -> {
                    Predicate<String> fits = name(selector, score);
                    Set<String> meant = new HashSet<>(names);
                    meant.removeIf(name -> !fits.test(SeriesLabels.metric(name)));
                    Walk walk = new Walk(tenant, selector, score, most);
                    return meant.isEmpty()
                            ? Uni.createFrom().item(new Found(List.of(), false))
                            : walk.from(meant, 0);
                });
    }

    /** The score that a selector names. */
    static Optional<ScoreMetric> score(Selector selector) {
        return selector.exactly(LabelMatcher.NAME).flatMap(ScoreMetric::of);
    }

    private static Predicate<String> name(Selector selector, Optional<ScoreMetric> score) {
        String label = score.isPresent() ? SeriesLabels.METRIC : LabelMatcher.NAME;
        return metric ->
                selector.matchers().stream()
                        .filter(matcher -> matcher.name().equals(label))
                        .allMatch(matcher -> matcher.fits().test(metric));
    }

    private final class Walk {
        private final TenantId tenant;
        private final Selector selector;
        private final Optional<ScoreMetric> score;
        private final int most;
        private final List<Labelled> found = new ArrayList<>();
        private int looked;

        Walk(TenantId tenant, Selector selector, Optional<ScoreMetric> score, int most) {
            this.tenant = tenant;
            this.selector = selector;
            this.score = score;
            this.most = most;
        }

        Uni<Found> from(Set<String> metrics, long after) {
            return directory
                    .list(tenant, metrics, filter(), after, AT_ONCE)
                    .chain(page -> {
                        page.forEach(this::take);
                        looked += page.size();
                        boolean isLast = page.size() < AT_ONCE;
                        if (isLast || found.size() > most || looked >= MOST_LOOKED_AT) {
                            boolean isCut = found.size() > most || !isLast;
                            List<Labelled> some = found.stream().limit(most).toList();
                            return Uni.createFrom().item(new Found(some, isCut));
                        }
                        SeriesId last = page.getLast().id();
                        return from(metrics, last.value());
                    });
        }

        private void take(Series series) {
            SortedMap<String, String> labels =
                    score.map(one -> SeriesLabels.of(series, one))
                            .orElseGet(() -> SeriesLabels.of(series));
            if (selector.matches(labels)) {
                found.add(new Labelled(series, labels));
            }
        }

        // Only names without an underscore are surely the ones that were sent.
        private SeriesDirectory.Filter filter() {
            Map<String, String> labels = new TreeMap<>();
            selector.matchers().stream()
                    .filter(matcher -> matcher.name().indexOf('_') < 0)
                    .map(LabelMatcher::name)
                    .forEach(name ->
                            selector.exactly(name).ifPresent(value -> labels.put(name, value)));
            return new SeriesDirectory.Filter(
                    selector.exactly(SeriesLabels.CLUSTER),
                    selector.exactly(SeriesLabels.NODE),
                    Optional.empty(),
                    labels);
        }
    }
}
