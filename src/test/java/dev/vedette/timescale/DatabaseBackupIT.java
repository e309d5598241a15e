package dev.vedette.timescale;

final class DatabaseBackupIT extends DatabaseBackupSuite {
    @Override
    TestDatabase fresh() {
        return TestDatabase.embedded();
    }
}
