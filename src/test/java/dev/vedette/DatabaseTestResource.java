package dev.vedette;

import dev.vedette.timescale.DatabaseUrl;
import dev.vedette.timescale.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a {@code @QuarkusTest} a fresh, migrated database on the embedded server. */
public final class DatabaseTestResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable TestDatabase database;

    @Override
    public Map<String, String> start() {
        TestDatabase started = TestDatabase.embedded();
        database = started;
        DatabaseUrl login = started.application();
        return Map.of(
                "quarkus.datasource.reactive.url", login.reactiveUrl(),
                "quarkus.datasource.jdbc.url", login.jdbcUrl(),
                "quarkus.datasource.username", login.user(),
                "quarkus.datasource.password", login.password());
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
