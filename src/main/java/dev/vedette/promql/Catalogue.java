package dev.vedette.promql;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a tenant can query: names, labels, series. */
@ApplicationScoped
public class Catalogue {
    private static final int MOST = 20_000;

    private static final Selector ALL =
            new Selector(
                    List.of(
                            LabelMatcher.of(
                                    LabelMatcher.NAME, LabelMatcher.Operator.NOT_EQUAL, "")),
                    Duration.ZERO,
                    Duration.ZERO);

    private static final Duration LATELY = Duration.ofHours(1);
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final SelectedSeries series;
    private final RollupScores rollups;
    private final InstantSource clock;

    Catalogue(SelectedSeries series, RollupScores rollups, InstantSource clock) {
        this.series = series;
        this.rollups = rollups;
        this.clock = clock;
    }

    /**
     * A listing.
     *
     * @param items names and values sorted, series by age
     * @param isCut whether some may be missing
     */
    public record Listing<T>(List<T> items, boolean isCut) {}

    /**
     * The names of labels.
     *
     * @param selectors series that fit one of them; all series when there is none
     */
    public Uni<Listing<String>> labels(TenantId tenant, List<Selector> selectors) {
        return found(tenant, selectors)
                .map(found -> {
                    Set<String> names = new TreeSet<>();
                    found.items().forEach(one -> names.addAll(one.keySet()));
                    if (selectors.isEmpty()) {
                        names.add(SeriesLabels.METRIC);
                    }
                    return new Listing<>(List.copyOf(names), found.isCut());
                });
    }

    /** Whether a label can have that name. */
    public static boolean isLabel(String name) {
        return LABEL.matcher(name).matches();
    }

    /** The values of one label. */
    public Uni<Listing<String>> values(TenantId tenant, String label, List<Selector> selectors) {
        if (label.equals(LabelMatcher.NAME) && selectors.isEmpty()) {
            return series.metrics(tenant).map(Catalogue::withScores);
        }
        return found(tenant, selectors)
                .map(found -> {
                    Set<String> values = new TreeSet<>();
                    found.items().stream()
                            .flatMap(one -> Stream.ofNullable(one.get(label)))
                            .forEach(values::add);
                    return new Listing<>(List.copyOf(values), found.isCut());
                });
    }

    private static Listing<String> withScores(Set<String> metrics) {
        Set<String> names = new TreeSet<>(metrics);
        if (!metrics.isEmpty()) {
            names.addAll(metadata(Optional.empty()).keySet());
        }
        return new Listing<>(List.copyOf(names), false);
    }

    /** The series that fit one of the selectors, by their labels. */
    public Uni<Listing<SortedMap<String, String>>> series(
            TenantId tenant, List<Selector> selectors) {
        return found(tenant, selectors);
    }

    private Uni<Listing<SortedMap<String, String>>> found(
            TenantId tenant, List<Selector> selectors) {
        return Multi.createFrom()
                .iterable(selectors.isEmpty() ? List.of(ALL) : selectors)
                .onItem()
                .transformToUniAndConcatenate(one -> found(tenant, one))
                .collect()
                .asList()
                .map(all -> {
                    Set<SortedMap<String, String>> both = new LinkedHashSet<>();
                    all.forEach(one -> both.addAll(one.items()));
                    boolean isCut = all.stream().anyMatch(Listing::isCut);
                    return new Listing<>(List.copyOf(both), isCut);
                });
    }

    private Uni<Listing<SortedMap<String, String>>> found(TenantId tenant, Selector selector) {
        if (RollupScores.areMeant(selector)) {
            Instant now = clock.instant();
            return rollups.read(tenant, selector, new TimeRange(now.minus(LATELY), now))
                    .map(all -> new Listing<>(all.stream().map(Samples::labels).toList(), false));
        }
        return series.find(tenant, selector, MOST)
                .map(found ->
                        new Listing<>(
                                found.series().stream()
                                        .map(SelectedSeries.Labelled::labels)
                                        .toList(),
                                found.isCut()));
    }

    /**
     * What the metrics are that this service makes.
     *
     * @param metric only that one
     * @return by name, as Prometheus' API has it
     */
    public static Map<String, List<Map<String, String>>> metadata(Optional<String> metric) {
        Map<String, List<Map<String, String>>> known = new TreeMap<>();
        Arrays.stream(ScoreMetric.values())
                .forEach(one -> known.put(one.label(), gauge(one.help())));
        known.put(RollupScores.METRIC, gauge(RollupScores.HELP));
        metric.ifPresent(name -> known.keySet().retainAll(Set.of(name)));
        return known;
    }

    private static List<Map<String, String>> gauge(String help) {
        return List.of(Map.of("type", "gauge", "help", help, "unit", ""));
    }
}
