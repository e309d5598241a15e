package dev.vedette.timescale;

import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.backfill.BackfillContract;
import dev.vedette.detection.backfill.BackfillStore;
import dev.vedette.detection.backfill.BackfillWork;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;

/** Backfills on a database. */
abstract class BackfillSuite extends BackfillContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected BackfillWork work() {
        return new TimescaleBackfillWork(database().workers());
    }

    @Override
    protected BackfillStore store() {
        return new TimescaleBackfillStore(database().tenants());
    }

    @Override
    protected ShardStore shards() {
        return new TimescaleShardStore(database().workers());
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
    protected AnomalyQueries anomalies() {
        return new TimescaleAnomalyQueries(database().tenants());
    }
}
