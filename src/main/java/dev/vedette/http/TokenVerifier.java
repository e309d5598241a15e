package dev.vedette.http;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Turns a JWT into a caller, with the checks of RFC 8725: the algorithm is the one agreed on and
 * never taken from the token, issuer and audience must match, and a token lives at most {@link
 * HttpConfig#maxTokenLife()}. The service's own tokens are tried first, then those of the trusted
 * identity provider. A verified one is believed for a while, see {@link VerifiedTokens}.
 */
@ApplicationScoped
public class TokenVerifier {
    /** Who signs, and how the claims of their tokens are read. */
    private record Trust(JWTParser parser, ClaimRules rules) {}

    private final Trust own;
    private final Optional<Trust> trusted;
    private final Duration maxLife;
    private final VerifiedTokens verified;

    TokenVerifier(HttpConfig config, SigningKeys keys, InstantSource clock) {
        JWTAuthContextInfo ownRules = new JWTAuthContextInfo(keys.publicKey(), config.issuer());
        this.own =
                new Trust(
                        parser(ownRules, config, Set.of(SignatureAlgorithm.RS256)), ClaimRules.OWN);
        this.trusted = config.trusted().map(provider -> trust(provider, config));
        this.maxLife = config.maxTokenLife();
        this.verified = new VerifiedTokens(clock);
    }

    /**
     * The caller of a token. Fails with {@link AuthenticationFailedException}, whose message may be
     * shown.
     *
     * @param credential how the token came
     */
    Uni<Caller> verify(String token, Caller.Credential credential) {
        Optional<Caller> known = verified.find(token, credential);
        if (known.isPresent()) {
            return Uni.createFrom().item(known.get());
        }
        try {
            return Uni.createFrom().item(remembered(own, token, credential));
        } catch (ParseException e) {
            if (trusted.isEmpty()) {
                return Uni.createFrom().failure(refused(e));
            }
        } catch (AuthenticationFailedException e) {
            return Uni.createFrom().failure(e);
        }
        // may fetch the provider's keys, which blocks
        return Uni.createFrom()
                .item(() -> verifyTrusted(trusted.get(), token, credential))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Caller verifyTrusted(Trust trust, String token, Caller.Credential credential) {
        try {
            return remembered(trust, token, credential);
        } catch (ParseException e) {
            throw refused(e);
        }
    }

    private Caller remembered(Trust trust, String token, Caller.Credential credential)
            throws ParseException {
        JsonWebToken parsed = trust.parser.parse(token);
        long life = parsed.getExpirationTime() - parsed.getIssuedAtTime();
        if (life <= 0 || life > maxLife.toSeconds()) {
            throw new AuthenticationFailedException(
                    "the token lives longer than " + maxLife + ", or has no iat or exp");
        }
        try {
            Caller caller = trust.rules.caller(token, credential);
            verified.remember(token, caller, Instant.ofEpochSecond(parsed.getExpirationTime()));
            return caller;
        } catch (RefusedClaimsException e) {
            throw new AuthenticationFailedException(e.getMessage(), e);
        }
    }

    private static Trust trust(HttpConfig.Trusted provider, HttpConfig config) {
        return new Trust(
                parser(
                        new JWTAuthContextInfo(provider.keys(), provider.issuer()),
                        config,
                        algorithms(provider.algorithms().orElse(Set.of("RS256")))),
                ClaimRules.of(config.trustedClaims(), "vedette.http.trusted-claims"));
    }

    private static AuthenticationFailedException refused(ParseException cause) {
        return new AuthenticationFailedException(
                "the token is malformed, expired, or not signed for this service", cause);
    }

    private static JWTParser parser(
            JWTAuthContextInfo rules, HttpConfig config, Set<SignatureAlgorithm> algorithms) {
        rules.setSignatureAlgorithm(algorithms);
        rules.setExpectedAudience(Set.of(config.audience()));
        rules.setMaxTimeToLiveSecs(config.maxTokenLife().toSeconds());
        rules.setClockSkew(10);
        return new DefaultJWTParser(rules);
    }

    private static Set<SignatureAlgorithm> algorithms(Set<String> names) {
        Set<SignatureAlgorithm> algorithms =
                names.stream()
                        .map(SignatureAlgorithm::fromAlgorithm)
                        .collect(Collectors.toUnmodifiableSet());
        if (algorithms.stream().anyMatch(algorithm -> algorithm.name().startsWith("HS"))) {
            throw new IllegalArgumentException(
                    "vedette.http.trusted.algorithms must not be symmetric, is " + names);
        }
        return algorithms;
    }
}
