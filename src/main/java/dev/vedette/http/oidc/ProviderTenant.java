package dev.vedette.http.oidc;

import dev.vedette.http.SigningKeys;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells the framework's OpenID Connect client of the provider, on the one path where people sign
 * in. Everywhere else, and without a provider, that client stays out: credentials are read by
 * {@code CredentialMechanism} only. The provider is asked at the first sign-in, never at start.
 */
@ApplicationScoped
public class ProviderTenant implements TenantConfigResolver {
    /** Where people are sent to the provider from, and come back to. */
    public static final String PATH = "/sign-in/provider";

    private static final String ID = "vedette";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_SIGN_IN = Duration.ofMinutes(10);

    private final @Nullable OidcTenantConfig provider;

    ProviderTenant(OidcConfig config, SigningKeys keys) {
        provider = config.issuer().isPresent() ? provider(config, keys) : null;
    }

    @Override
    @SuppressWarnings("NullAway") // the framework's word for "not here" is a null item
    public Uni<OidcTenantConfig> resolve(
            RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
        boolean here = context.normalizedPath().equals(PATH);
        return Uni.createFrom().item(here ? provider : null);
    }

    private static OidcTenantConfig provider(OidcConfig config, SigningKeys keys) {
        // every replica derives the same secrets, so that any may finish what another began
        String state = HexFormat.of().formatHex(keys.derived("oidc state"));
        String tokens = HexFormat.of().formatHex(keys.derived("oidc tokens"));
        var builder =
                OidcTenantConfig.builder()
                        .tenantId(ID)
                        .applicationType(ApplicationType.WEB_APP)
                        .authServerUrl(config.issuer().orElseThrow().toString())
                        .clientId(config.clientId())
                        .connectionTimeout(PATIENCE)
                        .followRedirects(false)
                        .authentication()
                        .redirectPath(PATH)
                        .restorePathAfterRedirect()
                        .scopes(config.scopes())
                        .pkceRequired()
                        .nonceRequired()
                        .stateSecret(state.substring(0, 32))
                        .stateCookieAge(LONGEST_SIGN_IN)
                        .failOnMissingStateParam()
                        .cookiePath(PATH)
                        .end()
                        .token()
                        .audience(config.clientId())
                        .subjectRequired()
                        .refreshExpired(false)
                        .end()
                        .tokenStateManager()
                        .strategy(
                                io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy
                                        .ID_TOKEN)
                        .encryptionSecret(tokens.substring(0, 32))
                        .end();
        config.clientSecret().ifPresent(builder::credentials);
        return builder.build();
    }
}
