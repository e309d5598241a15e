package dev.vedette.timescale;

import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;

/** The database: without it nothing can be stored, judged or shown. */
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
        pool.query("SELECT 1").execute().await().atMost(PATIENCE);
    }
}
