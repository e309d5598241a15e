package dev.vedette.timescale;

import org.junit.jupiter.api.AfterAll;

final class TimescaleReviewIT extends ReviewSuite {
    private static final TestDatabase DATABASE = TestDatabase.embedded();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    TestDatabase database() {
        return DATABASE;
    }
}
