package dev.vedette.timescale;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;

/**
 * The database, migrated as far as this build needs: without it nothing can be stored, judged or
 * shown.
 */
@Singleton
class DatabaseDependency implements Dependency {
    private final Pool pool;

    DatabaseDependency(Pool pool) {
        this.pool = pool;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public boolean isSetUp() {
        return true;
    }

    @Override
    public Set<ServiceRole> roles() {
        return EnumSet.allOf(ServiceRole.class);
    }

    @Override
    public boolean isVital() {
        return true;
    }

    @Override
    public void ask() {
        int version =
                pool.query("SELECT schema_version()")
                        .execute()
                        .await()
                        .atMost(PATIENCE)
                        .iterator()
                        .next()
                        .getInteger(0);
        if (version < Migrator.VERSION) {
            throw new IllegalStateException(
                    "the database is at version %d, this build needs %d: run vedette migrate"
                            .formatted(version, Migrator.VERSION));
        }
    }
}
