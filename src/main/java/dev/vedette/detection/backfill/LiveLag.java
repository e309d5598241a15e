package dev.vedette.detection.backfill;

import dev.vedette.detection.DetectionListener;
import dev.vedette.series.Series;
import dev.vedette.series.Shards;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** How far live detection of this process is behind, so that backfills can stand back. */
@ApplicationScoped
class LiveLag implements DetectionListener {
    private final AtomicLongArray millis = new AtomicLongArray(Shards.COUNT);

    /** The lag of the worst shard. */
    Duration worst() {
        long worst = 0;
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            worst = Math.max(worst, millis.get(shard));
        }
        return Duration.ofMillis(worst);
    }

    @Override
    public void ticked(Tick tick) {
        millis.set(tick.shard(), tick.lag().toMillis());
    }

    @Override
    public void caughtUp(int shard) {
        millis.set(shard, 0);
    }

    @Override
    public void failed(Series series, RuntimeException cause) {
        // not about time
    }

    @Override
    public void rebuilt(Series series, String reason) {
        // not about time
    }
}
