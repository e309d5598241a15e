package dev.vedette.http;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What the edge needs that is not a class of its own. */
final class EdgeBeans {
    @Produces
    @Singleton
    SigningKeys signingKeys(HttpConfig config) {
        return config.signingKey()
                .map(SigningKeys::ofPem)
                .orElseGet(() -> SigningKeys.ensure(config.dataDir()));
    }

    @Produces
    @Singleton
    TokenIssuer tokenIssuer(HttpConfig config, SigningKeys keys) {
        return new TokenIssuer(keys, config.issuer(), config.audience());
    }

    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }
}
