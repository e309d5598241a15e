package dev.vedette.http;

final class InMemoryAccessStoresTest extends AccessStoresContract {
    private final TenantStore tenants = new InMemoryTenantStore();
    private final UserStore users = new InMemoryUserStore();
    private final ApiKeyStore keys = new InMemoryApiKeyStore();

    @Override
    protected TenantStore tenants() {
        return tenants;
    }

    @Override
    protected UserStore users() {
        return users;
    }

    @Override
    protected ApiKeyStore keys() {
        return keys;
    }
}
