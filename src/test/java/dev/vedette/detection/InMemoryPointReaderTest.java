package dev.vedette.detection;

import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import java.time.Instant;

final class InMemoryPointReaderTest extends PointReaderContract {
    private final InMemoryPointLog log = new InMemoryPointLog(() -> Instant.EPOCH);
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();
    private final InMemoryShardStore shards =
            new InMemoryShardStore(() -> Instant.EPOCH, log, catalogue);

    @Override
    protected PointReader reader() {
        return new InMemoryPointReader(shards);
    }

    @Override
    protected SeriesStore catalogue() {
        return catalogue;
    }

    @Override
    protected PointLog log() {
        return log;
    }

    @Override
    protected ShardStore shards() {
        return shards;
    }
}
