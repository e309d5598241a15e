package dev.vedette.timescale;

import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.SeriesStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestDatabase.TIMESCALEDB_URL, matches = ".+")
final class SeriesStoreTimescaleIT extends SeriesStoreContract {
    private static final TestDatabase DATABASE = TestDatabase.timescale();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected SeriesStore store() {
        return new TimescaleSeriesStore(DATABASE.tenants());
    }
}
