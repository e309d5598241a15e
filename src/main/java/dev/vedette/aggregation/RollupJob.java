package dev.vedette.aggregation;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.ShardStore;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.series.SeriesKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rolls up the score buckets that detection marked as due. */
@ApplicationScoped
class RollupJob implements PeriodicJob {
    /** Buckets of one transaction: short enough not to hold back vacuum, long enough to pay. */
    private static final int BATCH = 100;

    /** Batches of one run: a backlog must not keep the newest buckets waiting for it. */
    private static final int BATCHES = 20;

    private static final int MOST_KEYS = 200_000;

    private final RollupStore store;
    private final ShardStore catalogue;
    private final Counter buckets;
    private final RollupRows rows = new RollupRows();
    private final Map<Long, SeriesKey> keys = new HashMap<>();

    RollupJob(RollupStore store, ShardStore catalogue, MeterRegistry metrics) {
        this.store = store;
        this.catalogue = catalogue;
        this.buckets = metrics.counter("vedette_aggregation_buckets_total");
    }

    @Override
    public String name() {
        return "roll-up";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run() {
        for (int batch = 0; batch < BATCHES; batch++) {
            int done = store.rollUpDue(BATCH, this::rollUp);
            buckets.increment(done);
            if (done < BATCH) {
                return;
            }
        }
    }

    private List<RollupStore.Row> rollUp(List<RollupStore.Due> due) {
        learnKeys(due);
        List<RollupStore.Row> all = new ArrayList<>();
        due.forEach(one -> all.addAll(rows.of(one, keys)));
        return all;
    }

    private void learnKeys(List<RollupStore.Due> due) {
        if (keys.size() > MOST_KEYS) {
            keys.clear(); // rare, and cheaper than an order of use
        }
        Set<Long> unknown = new HashSet<>();
        for (RollupStore.Due one : due) {
            for (ScoreBucket node : one.nodes()) {
                for (long id : node.seriesIds()) {
                    if (!keys.containsKey(id)) {
                        unknown.add(id);
                    }
                }
            }
        }
        if (!unknown.isEmpty()) {
            catalogue.series(unknown).forEach((id, series) -> keys.put(id, series.key()));
        }
    }
}
