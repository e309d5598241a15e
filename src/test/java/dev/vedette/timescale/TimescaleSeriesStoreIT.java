package dev.vedette.timescale;

import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.SeriesStoreContract;
import org.junit.jupiter.api.AfterAll;

final class TimescaleSeriesStoreIT extends SeriesStoreContract {
    private static final TestDatabase DATABASE = TestDatabase.embedded();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected SeriesStore store() {
        return new TimescaleSeriesStore(DATABASE.tenants());
    }
}
