package dev.vedette.http.oidc;

import dev.vedette.http.client.OperatedServer;
import dev.vedette.scheduling.Dependency;
import dev.vedette.scheduling.ServiceRole;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Set;

/**
 * The identity provider, asked for its description. Without it nobody signs in there; sessions that
 * run go on, and passwords open as they did.
 */
@Singleton
class ProviderDependency implements Dependency {
    private static final String DESCRIPTION = "/.well-known/openid-configuration";

    private final Optional<OperatedServer> server;

    ProviderDependency(OidcConfig config) {
        this.server =
                config.issuer()
                        .map(url -> new OperatedServer(url, "vedette.oidc.issuer", PATIENCE));
    }

    @Override
    public String name() {
        return "identity-provider";
    }

    @Override
    public boolean isSetUp() {
        return server.isPresent();
    }

    @Override
    public Set<ServiceRole> roles() {
        return Set.of(ServiceRole.API);
    }

    @Override
    public void ask() {
        HttpRequest question = server.orElseThrow().request(DESCRIPTION).timeout(PATIENCE).build();
        try {
            int status =
                    server.orElseThrow()
                            .http()
                            .send(question, BodyHandlers.discarding())
                            .statusCode();
            if (status != 200) {
                throw new IllegalStateException("it answered " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
