package dev.vedette.http.oidc;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the service with a {@link SmallProvider}. */
public final class SmallProviderResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable SmallProvider provider;

    @Override
    public Map<String, String> start() {
        try {
            provider = new SmallProvider();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "vedette.oidc.issuer",
                provider.issuer(),
                "vedette.oidc.client-id",
                SmallProvider.CLIENT,
                "vedette.oidc.client-secret",
                SmallProvider.SECRET,
                "vedette.oidc.label",
                "Example",
                "vedette.oidc.claims.roles",
                "realm_access.roles",
                "vedette.oidc.claims.role-mapping",
                "ops-leads=admin,ops=viewer");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(provider, new TestInjector.MatchesType(SmallProvider.class));
    }

    @Override
    public void stop() {
        if (provider != null) {
            provider.close();
        }
    }
}
