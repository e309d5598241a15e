package dev.vedette.timescale;

import dev.vedette.http.AccessStoresContract;
import dev.vedette.http.ApiKeyStore;
import dev.vedette.http.TenantStore;
import dev.vedette.http.UserStore;
import org.junit.jupiter.api.AfterAll;

final class TimescaleAccessStoresIT extends AccessStoresContract {
    private static final TestDatabase DATABASE = TestDatabase.embedded();

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
