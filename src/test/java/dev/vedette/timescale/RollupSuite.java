package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.aggregation.RollupContract;
import dev.vedette.aggregation.RollupStore;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.ShardStore;
import dev.vedette.ingestion.SeriesStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract of {@link RollupStore} and {@link ScoreQueries} on a database. */
abstract class RollupSuite extends RollupContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected SeriesStore catalogue() {
        return new TimescaleSeriesStore(database().tenants());
    }

    @Override
    protected ShardStore shards() {
        return new TimescaleShardStore(database().workers());
    }

    @Override
    protected RollupStore rollups() {
        return new TimescaleRollupStore(database().workers());
    }

    @Override
    protected ScoreQueries scores() {
        return new TimescaleScoreQueries(database().tenants());
    }

    @Test
    void ticksAndRollUpsThatMeetOnManyBucketsNeverWaitForEachOther() throws Exception {
        Instant first = Instant.parse("2026-11-10T00:00:00Z");
        ScoreBucket[] buckets = new ScoreBucket[400];
        for (int i = 0; i < buckets.length; i++) {
            Instant start = first.plus(ScoreBucket.WIDTH.multipliedBy(i));
            buckets[i] = bucket(start, "n1", Map.of("cpu", 0.5f));
        }
        store(buckets);
        CompletableFuture<Void> ticks =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 40; i++) {
                                store(buckets);
                            }
                        },
                        Thread::startVirtualThread);
        while (!ticks.isDone()) {
            rollups().rollUpDue(buckets.length, _ -> List.of());
        }
        ticks.get();
        rollups().rollUpDue(buckets.length, _ -> List.of());
        assertEquals(0, rollups().rollUpDue(buckets.length, _ -> List.of()));
    }
}
