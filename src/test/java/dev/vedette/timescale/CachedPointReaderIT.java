package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.ingestion.PointLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** What every reader holds, with answers kept in memory for as long as nothing is written. */
final class CachedPointReaderIT extends PointReaderSuite {
    private static final TestDatabase DATABASE = TestDatabase.embedded();
    private static final WriteMarks MARKS = new WriteMarks();
    private static final ResultCache CACHE =
            new ResultCache(
                    MARKS, 1_000_000, Duration.ofHours(1), 1_000_000, new SimpleMeterRegistry());

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    TestDatabase database() {
        return DATABASE;
    }

    @Override
    protected PointReader reader() {
        return new TimescalePointReader(database().tenants(), CACHE);
    }

    @Override
    protected PointLog log() {
        return new TimescalePointLog(database().pool(), database().workers(), MARKS);
    }
}
