package dev.vedette.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings of credentials and of the HTTP edge. */
@ConfigMapping(prefix = "vedette.http")
public interface HttpConfig {
    /**
     * The folder with the service's own key pair, made at the first start. Replicas share it or set
     * {@link #signingKey()}.
     */
    @WithDefault("data")
    Path dataDir();

    /** An RSA private key, PKCS#8 PEM, in place of the one in the data folder; a secret. */
    Optional<String> signingKey();

    /** The {@code iss} of the service's own tokens. */
    @WithDefault("vedette")
    String issuer();

    /** The {@code aud} that every token must hold. */
    @WithDefault("vedette")
    String audience();

    /** The longest life of a token, from {@code iat} to {@code exp}. */
    @WithDefault("PT24H")
    Duration maxTokenLife();

    /** How long a dashboard session lives after sign-in; at most the longest life of a token. */
    @WithDefault("PT12H")
    Duration sessionLife();

    /** Where a browser without a session is sent. */
    @WithDefault("/sign-in")
    String signInPath();

    /**
     * Most bytes of request bodies in memory at a time, those being read included; compressed ones
     * count four times. Beyond it the answer is 503.
     */
    @WithDefault("128M")
    MemorySize maxRequestBytes();

    /** Most of them of one tenant; beyond it the answer is 429. */
    @WithDefault("64M")
    MemorySize maxRequestBytesPerTenant();

    /** Most bytes of a body whose length the sender does not tell. */
    @WithDefault("4M")
    MemorySize maxChunkedBody();

    /** How long a found API key is believed without asking the store; bounds revocation. */
    @WithDefault("PT5S")
    Duration apiKeyCache();

    /** An identity provider whose tokens are accepted beside the service's own. */
    Optional<Trusted> trusted();

    /** How the claims of that provider's tokens become tenant, roles and name. */
    ClaimsConfig trustedClaims();

    /** An identity provider. */
    interface Trusted {
        /** The {@code iss} of its tokens. */
        String issuer();

        /** Its keys: an address of a JWKS, or a PEM or JWKS file. */
        String keys();

        /** The algorithms it signs with, RS256 when absent; never a symmetric one. */
        Optional<Set<String>> algorithms();
    }
}
