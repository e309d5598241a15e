package dev.vedette.aggregation;

import dev.vedette.detection.ShardStore;
import dev.vedette.scheduling.PeriodicJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Rolls up the score buckets that detection marked as due. */
@ApplicationScoped
class RollupJob implements PeriodicJob {
    /** Buckets of one transaction: short enough not to hold back vacuum, long enough to pay. */
    private static final int BATCH = 100;

    /** Batches of one run: a backlog must not keep the newest buckets waiting for it. */
    private static final int BATCHES = 20;

    /** A run that took long is followed by a pause of so many times that, so that it is a share. */
    private static final int PAUSE = 3;

    private final RollupStore store;
    private final MetricNames names;
    private final InstantSource clock;
    private final Counter buckets;
    private final RollupRows rows = new RollupRows();
    private Instant notBefore = Instant.MIN;
    private volatile boolean isStopping;

    RollupJob(RollupStore store, ShardStore catalogue, InstantSource clock, MeterRegistry metrics) {
        this.store = store;
        this.names = new MetricNames(catalogue);
        this.clock = clock;
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
    public void askToStop() {
        isStopping = true;
    }

    @Override
    public void run() {
        Instant start = clock.instant();
        if (start.isBefore(notBefore)) {
            return;
        }
        int done = 1;
        for (int batch = 0; batch < BATCHES && done > 0 && !isStopping; batch++) {
            done = store.rollUpDue(BATCH, this::rollUp);
            buckets.increment(done);
        }
        Instant end = clock.instant();
        notBefore = end.plus(Duration.between(start, end).multipliedBy(PAUSE));
    }

    private List<RollupStore.Row> rollUp(List<RollupStore.Due> due) {
        names.learn(due);
        return due.stream().flatMap(one -> rows(one).stream()).toList();
    }

    private List<RollupStore.Row> rows(RollupStore.Due due) {
        if (isStopping) {
            // the transaction with it: all of them stay due
            throw new CancellationException("the service stops");
        }
        return rows.of(due, names::of);
    }
}
