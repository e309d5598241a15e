package dev.vedette.timescale;

import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyQueriesContract;
import dev.vedette.detection.ShardStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestDatabase.TIMESCALEDB_URL, matches = ".+")
final class AnomalyQueriesTimescaleIT extends AnomalyQueriesContract {
    private static final TestDatabase DATABASE = TestDatabase.timescale();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected AnomalyQueries queries() {
        return new TimescaleAnomalyQueries(DATABASE.tenants());
    }

    @Override
    protected ShardStore shards() {
        return new TimescaleShardStore(DATABASE.workers());
    }
}
