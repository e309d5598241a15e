package dev.vedette.aggregation;

import dev.vedette.detection.InMemoryShardStore;
import dev.vedette.detection.ShardStore;
import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.SeriesStore;
import java.time.Instant;

final class InMemoryRollupTest extends RollupContract {
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();
    private final InMemoryShardStore shards =
            new InMemoryShardStore(
                    () -> Instant.EPOCH, new InMemoryPointLog(() -> Instant.EPOCH), catalogue);
    private final InMemoryRollupStore rollups = new InMemoryRollupStore(shards);

    @Override
    protected SeriesStore catalogue() {
        return catalogue;
    }

    @Override
    protected ShardStore shards() {
        return shards;
    }

    @Override
    protected RollupStore rollups() {
        return rollups;
    }

    @Override
    protected ScoreQueries scores() {
        return new InMemoryScoreQueries(shards, rollups);
    }
}
