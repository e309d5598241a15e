package dev.vedette.detection;

import dev.vedette.series.PointBatch;
import dev.vedette.series.Shards;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A shard while a worker holds it: a picture of what is stored. Forgotten as soon as anything
 * fails. Not thread-safe.
 */
final class HeldShard {
    private final ShardStore store;
    private final Evaluation evaluation;
    private final ShardWorker.Limits limits;
    private final InstantSource clock;
    final Lease lease;
    final ShardScorer scorer;
    private final NodeBuckets buckets;
    private final ShardStore.ShardState loaded;
    // As it came from the log, packed: a tenth of what the points take in columns.
    private List<Supplier<PointBatch>> buffered = new ArrayList<>();
    private int bufferedPoints;
    private long tick;
    Watermark watermark;

    /** Whether the last read left rows unread. */
    boolean isBehind = true;

    Instant renewAt;
    private Instant checkpointedAt;
    private int checkpointPoints;

    /**
     * That shard as it is stored.
     *
     * @param goOn asked before each series; throws when there is to be no more
     */
    HeldShard(
            ShardStore store,
            Evaluation evaluation,
            ShardWorker.Limits limits,
            InstantSource clock,
            Lease lease,
            Runnable goOn) {
        Instant now = clock.instant();
        this.store = store;
        this.evaluation = evaluation;
        this.limits = limits;
        this.clock = clock;
        this.loaded = store.load(lease.shard());
        this.scorer = new ShardScorer(lease.shard(), store, evaluation, goOn);
        this.buckets = new NodeBuckets(limits.nodeBuckets());
        this.lease = lease;
        this.tick = loaded.tick();
        this.watermark = loaded.watermark();
        this.renewAt = now.plus(limits.leaseTtl().dividedBy(3));
        // The first one comes early, each shard by another share: not all of them write at once.
        int shard = lease.shard();
        this.checkpointedAt =
                now.minus(limits.checkpointInterval().multipliedBy(shard).dividedBy(Shards.COUNT));
        this.checkpointPoints =
                (int) ((long) limits.bufferedPoints() * (Shards.COUNT - shard) / Shards.COUNT);
    }

    void replay() {
        if (evaluation.judges()) {
            scorer.watch();
        }
        Watermark from = loaded.checkpoint();
        for (Watermark to : loaded.replay()) {
            List<LogRow> rows = readUpTo(from, to);
            if (evaluation.judges()) {
                scorer.replay(TickPoints.of(rows), evaluation.settings().asOf(to.settings()));
            }
            buffer(rows);
            from = to;
            keepLease();
        }
    }

    private List<LogRow> readUpTo(Watermark from, Watermark to) {
        List<LogRow> all = new ArrayList<>();
        Watermark reached = from.withSettings(to.settings());
        List<LogRow> rows;
        do {
            rows = store.read(lease.shard(), reached, Optional.of(to), limits.tickPoints());
            all.addAll(rows);
            reached = after(reached, rows);
        } while (!rows.isEmpty() && !reached.equals(to));
        return all;
    }

    // A long replay must not lose the lease it works under.
    private void keepLease() {
        Instant now = clock.instant();
        if (now.isBefore(renewAt)) {
            return;
        }
        if (!store.renew(lease, limits.leaseTtl())) {
            throw new LeaseLostException(lease);
        }
        renewAt = now.plus(limits.leaseTtl().dividedBy(3));
    }

    private void buffer(List<LogRow> rows) {
        for (LogRow row : rows) {
            buffered.add(row.kept());
            bufferedPoints += row.points().size();
        }
    }

    boolean checkpointIsDue(List<LogRow> rows, Instant now) {
        int points = bufferedPoints + points(rows);
        boolean old = !now.isBefore(checkpointedAt.plus(limits.checkpointInterval()));
        return points > 0
                && (old || points >= checkpointPoints || scorer.size() > limits.evaluators());
    }

    TickFindings.Outcome judge(List<LogRow> rows, SettingsSource.Revision settings, Instant at) {
        TickFindings.Outcome found =
                evaluation.judges()
                        ? scorer.judge(TickPoints.of(rows), settings, at)
                        : TickFindings.Outcome.none();
        buckets.merge(found.peaks(), store::buckets);
        buffer(rows);
        return found;
    }

    void commit(
            List<LogRow> rows,
            SettingsSource.Revision settings,
            TickFindings.Outcome found,
            Map<UUID, SpanContext> traces,
            boolean due,
            Instant now) {
        Watermark reached = after(watermark, rows).withSettings(settings.number());
        Optional<Checkpoint> checkpoint =
                due
                        ? Optional.of(
                                new Checkpoint(
                                        scorer.snapshots(),
                                        scorer.nodeSnapshots(),
                                        buffered.stream().map(Supplier::get).toList()))
                        : Optional.empty();
        store.commit(
                lease,
                new TickResult(
                        tick + 1,
                        reached,
                        found.anomalies(),
                        buckets.changed(),
                        found.lateStretches(),
                        scorer.takePriors(),
                        traces,
                        found.levels(),
                        checkpoint));
        tick++;
        watermark = reached;
        buckets.committed();
        if (due) {
            checkpointed(now);
        }
    }

    private void checkpointed(Instant now) {
        buffered = new ArrayList<>();
        bufferedPoints = 0;
        checkpointedAt = now;
        checkpointPoints = limits.bufferedPoints();
        if (scorer.size() > limits.evaluators()) {
            // To half, so that not every tick from now on is a checkpoint.
            scorer.shrinkTo(limits.evaluators() / 2);
        }
        store.trim(lease);
    }

    /** How many points those rows hold. */
    static int points(List<LogRow> rows) {
        return rows.stream().mapToInt(row -> row.points().size()).sum();
    }

    private static Watermark after(Watermark watermark, List<LogRow> rows) {
        Map<Long, Long> lanes = new HashMap<>(watermark.lanes());
        rows.forEach(row -> lanes.merge(row.lane(), row.seq(), Math::max));
        return Watermark.of(lanes);
    }
}
