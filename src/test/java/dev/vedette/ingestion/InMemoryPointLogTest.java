package dev.vedette.ingestion;

import dev.vedette.series.PointBatch;
import java.time.Instant;
import java.util.List;

final class InMemoryPointLogTest extends PointLogContract {
    private final InMemoryPointLog log = new InMemoryPointLog(() -> Instant.EPOCH);

    @Override
    protected PointLog log() {
        return log;
    }

    @Override
    protected List<PointBatch> rows(int shard, Lane lane) {
        return log.rows(shard).stream()
                .filter(row -> row.lane() == lane.id())
                .map(InMemoryPointLog.Row::points)
                .toList();
    }
}
