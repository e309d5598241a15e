package dev.vedette.timescale;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.SeriesDirectoryContract;
import dev.vedette.ingestion.SeriesStore;
import org.junit.jupiter.api.AfterAll;

final class TimescaleSeriesDirectoryIT extends SeriesDirectoryContract {
    private static final TestDatabase DATABASE = TestDatabase.embedded();

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
