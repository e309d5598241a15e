package dev.vedette.timescale;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.SeriesDirectoryContract;
import dev.vedette.ingestion.SeriesStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestDatabase.TIMESCALEDB_URL, matches = ".+")
final class SeriesDirectoryTimescaleIT extends SeriesDirectoryContract {
    private static final TestDatabase DATABASE = TestDatabase.timescale();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected SeriesDirectory directory() {
        return new TimescaleSeriesDirectory(DATABASE.tenants());
    }

    @Override
    protected SeriesStore catalogue() {
        return new TimescaleSeriesStore(DATABASE.tenants());
    }
}
