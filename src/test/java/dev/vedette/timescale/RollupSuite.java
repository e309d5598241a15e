package dev.vedette.timescale;

import dev.vedette.aggregation.RollupContract;
import dev.vedette.aggregation.RollupStore;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.ShardStore;
import dev.vedette.ingestion.SeriesStore;

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
}
