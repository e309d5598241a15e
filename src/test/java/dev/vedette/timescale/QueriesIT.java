package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyQueriesContract;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.SeriesDirectoryContract;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** The read ports of the dashboard and the API. */
final class QueriesIT {
    private static final TestDatabase DATABASE = TestDatabase.embedded();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Nested
    final class Directory extends SeriesDirectoryContract {
        @Override
        protected SeriesDirectory directory() {
            return new TimescaleSeriesDirectory(DATABASE.tenants());
        }

        @Override
        protected List<Series> store(List<SeriesKey> keys) {
            return keys.stream()
                    .map(key ->
                            new TimescaleSeriesStore(DATABASE.tenants())
                                    .findOrCreate(
                                            key.tenant(),
                                            List.of(new SeriesStore.Wanted(key, Optional.empty())),
                                            100)
                                    .await()
                                    .indefinitely()
                                    .getFirst()
                                    .orElseThrow())
                    .toList();
        }
    }

    @Nested
    final class Anomalies extends AnomalyQueriesContract {
        @Override
        protected AnomalyQueries queries() {
            return new TimescaleAnomalyQueries(DATABASE.tenants());
        }

        @Override
        protected void store(List<Anomaly> anomalies) {
            DATABASE.workers()
                    .await(connection -> {
                        AnomalyWriter.upsert(connection, anomalies);
                        return anomalies;
                    });
        }
    }
}
