package dev.vedette.timescale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestDatabase.TIMESCALEDB_URL, matches = ".+")
final class ReviewTimescaleIT extends ReviewSuite {
    private static final TestDatabase DATABASE = TestDatabase.timescale();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    TestDatabase database() {
        return DATABASE;
    }
}
