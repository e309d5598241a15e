package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.PointReaderContract;
import dev.vedette.detection.ShardStore;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;

/** The contract of {@link PointReader} on a database. */
abstract class PointReaderSuite extends PointReaderContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected PointReader reader() {
        return new TimescalePointReader(database().tenants());
    }

    @Override
    protected SeriesStore catalogue() {
        return new TimescaleSeriesStore(database().tenants());
    }

    @Override
    protected PointLog log() {
        return new TimescalePointLog(database().pool(), database().workers());
    }

    @Override
    protected ShardStore shards() {
        return new TimescaleShardStore(database().workers());
    }
}
