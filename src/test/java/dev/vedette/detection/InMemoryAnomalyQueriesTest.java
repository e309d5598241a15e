package dev.vedette.detection;

import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import java.time.Instant;

final class InMemoryAnomalyQueriesTest extends AnomalyQueriesContract {
    private final InMemoryShardStore shards =
            new InMemoryShardStore(
                    () -> Instant.EPOCH,
                    new InMemoryPointLog(() -> Instant.EPOCH),
                    new InMemorySeriesStore());

    @Override
    protected AnomalyQueries queries() {
        return new InMemoryAnomalyQueries(shards);
    }

    @Override
    protected ShardStore shards() {
        return shards;
    }
}
