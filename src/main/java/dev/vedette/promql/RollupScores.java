package dev.vedette.promql;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScorePlace;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores of nodes, clusters and the whole tenant, as samples: one per five minutes. */
@ApplicationScoped
public class RollupScores {
    /** The name of the metric. */
    public static final String METRIC = "anomaly_aggregate_score";

    /** What it is, in a sentence. */
    public static final String HELP =
            "Score of a node, cluster or the whole tenant (label level) in [0,1], per five minutes";

    private static final String LEVEL = "level";
    private static final String STRATEGY = "aggregation_strategy";
    private static final int MOST = 1000;
    private static final List<ScoreLevel> LEVELS =
            List.of(ScoreLevel.NODE, ScoreLevel.CLUSTER, ScoreLevel.TENANT);

    private final ScoreQueries scores;

    RollupScores(ScoreQueries scores) {
        this.scores = scores;
    }

    /** Whether that selector means these scores. */
    static boolean areMeant(Selector selector) {
        return selector.exactly(LabelMatcher.NAME).filter(METRIC::equals).isPresent();
    }

    /**
     * The samples in that range; of the strategy "max" unless the selector names another.
     *
     * @param range widened to whole buckets
     */
    Uni<List<Samples>> read(TenantId tenant, Selector selector, TimeRange range) {
        Optional<AggregationStrategy> strategy = strategy(selector);
        if (strategy.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        TimeRange whole = wholeBuckets(range);
        return Multi.createFrom()
                .iterable(LEVELS)
                .filter(level -> fits(selector, level))
                .onItem()
                .transformToUniAndConcatenate(
                        level -> read(tenant, selector, level, strategy.get(), whole))
                .collect()
                .asList()
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private static boolean fits(Selector selector, ScoreLevel level) {
        return selector.matchers().stream()
                .filter(matcher -> matcher.name().equals(LEVEL))
                .allMatch(matcher -> matcher.fits().test(level.label()));
    }

    private static Optional<AggregationStrategy> strategy(Selector selector) {
        String name = selector.exactly(STRATEGY).orElse(AggregationStrategy.MAX.label());
        return Arrays.stream(AggregationStrategy.values())
                .filter(one -> one.label().equals(name))
                .findFirst();
    }

    private static TimeRange wholeBuckets(TimeRange range) {
        long width = ScoreBucket.WIDTH.toMillis();
        long from = Math.floorDiv(range.from().toEpochMilli(), width) * width;
        long to = Math.ceilDiv(range.to().toEpochMilli(), width) * width;
        return new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    private Uni<List<Samples>> read(
            TenantId tenant,
            Selector selector,
            ScoreLevel level,
            AggregationStrategy strategy,
            TimeRange range) {
        ScoreQueries.Question question =
                new ScoreQueries.Question(
                        level,
                        selector.exactly(SeriesLabels.CLUSTER),
                        level == ScoreLevel.NODE
                                ? selector.exactly(SeriesLabels.NODE)
                                : Optional.empty(),
                        Optional.empty(),
                        strategy,
                        range);
        return scores.lanes(tenant, question, ScoreBucket.WIDTH, MOST)
                .map(lanes -> {
                    if (lanes.size() == MOST) {
                        throw PromQlException.execution(
                                MOST + " places or more fit; name a cluster_id or a level");
                    }
                    return lanes.stream()
                            .map(lane -> samples(lane, level, strategy, range))
                            .filter(one -> selector.matches(one.labels()))
                            .toList();
                });
    }

    private static Samples samples(
            ScoreQueries.Lane lane,
            ScoreLevel level,
            AggregationStrategy strategy,
            TimeRange range) {
        long[] times = new long[lane.scores().length];
        double[] values = new double[times.length];
        Arrays.setAll(times, i -> range.from().toEpochMilli() + i * ScoreBucket.WIDTH.toMillis());
        Arrays.setAll(values, i -> lane.scores()[i]);
        return new Samples(labels(lane.place(), level, strategy), times, values);
    }

    private static SortedMap<String, String> labels(
            ScorePlace place, ScoreLevel level, AggregationStrategy strategy) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(LabelMatcher.NAME, METRIC);
        labels.put(LEVEL, level.label());
        labels.put(STRATEGY, strategy.label());
        place.clusterId().ifPresent(id -> labels.put(SeriesLabels.CLUSTER, id));
        place.nodeId().ifPresent(id -> labels.put(SeriesLabels.NODE, id));
        return labels;
    }
}
