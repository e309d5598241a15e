package dev.vedette.timescale;

import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyQueriesContract;
import dev.vedette.detection.ShardStore;
import org.junit.jupiter.api.AfterAll;

final class TimescaleAnomalyQueriesIT extends AnomalyQueriesContract {
    private static final TestDatabase DATABASE = TestDatabase.embedded();

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
