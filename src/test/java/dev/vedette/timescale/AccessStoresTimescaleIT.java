package dev.vedette.timescale;

import dev.vedette.http.AccessStoresContract;
import dev.vedette.http.ApiKeyStore;
import dev.vedette.http.TenantStore;
import dev.vedette.http.UserStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = TestDatabase.TIMESCALEDB_URL, matches = ".+")
final class AccessStoresTimescaleIT extends AccessStoresContract {
    private static final TestDatabase DATABASE = TestDatabase.timescale();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected TenantStore tenants() {
        return new TimescaleTenantStore(DATABASE.workers());
    }

    @Override
    protected UserStore users() {
        return new TimescaleUserStore(DATABASE.tenants(), DATABASE.workers());
    }

    @Override
    protected ApiKeyStore keys() {
        return new TimescaleApiKeyStore(DATABASE.tenants(), DATABASE.workers());
    }
}
