package dev.vedette.timescale;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestDatabase.TIMESCALEDB_URL, matches = ".+")
final class DatabaseBackupTimescaleIT extends DatabaseBackupSuite {
    @Override
    TestDatabase fresh() {
        return TestDatabase.timescale();
    }
}
