package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.ShardStore;
import dev.vedette.series.SeriesTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of metrics by series, learnt from the catalogue once. Bounded; not thread-safe. */
final class MetricNames {
    /** About 50 MB when full. */
    private static final int MOST = 2_000_000;

    private static final int AT_ONCE = 10_000;

    private final ShardStore catalogue;
    private SeriesTable<String> names = new SeriesTable<>();

    MetricNames(ShardStore catalogue) {
        this.catalogue = catalogue;
    }

    /** The name of that series' metric; null when it was not learnt, or is not in the catalogue. */
    @Nullable String of(long seriesId) {
        return names.get(seriesId);
    }

    /** Learns the names of all series of those buckets. */
    void learn(List<RollupStore.Due> due) {
        if (names.size() > MOST) {
            names = new SeriesTable<>(); // rare, and cheaper than an order of use
        }
        List<Long> unknown = new ArrayList<>();
        for (RollupStore.Due one : due) {
            for (ScoreBucket node : one.nodes()) {
                for (long id : node.seriesIds()) {
                    if (id != ScoreBucket.WHOLE_NODE && names.get(id) == null) {
                        unknown.add(id);
                    }
                }
            }
        }
        for (int from = 0; from < unknown.size(); from += AT_ONCE) {
            catalogue
                    .series(unknown.subList(from, Math.min(unknown.size(), from + AT_ONCE)))
                    .forEach((id, series) -> names.put(id, series.key().metricName()));
        }
    }
}
