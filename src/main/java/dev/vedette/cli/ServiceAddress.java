package dev.vedette.cli;

import dev.vedette.http.Caller;
import dev.vedette.http.SigningKeys;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where a service is and what it lets us in with.
 *
 * @param url its root
 * @param credential a token or an API key
 */
record ServiceAddress(URI url, String credential) {
    /**
     * What was said on the command line, and for the rest what {@code ./vedette start} left in its
     * data folder: its address, and the key with which to sign a token.
     *
     * @param tenant whose, when the token is signed here
     * @param role of that token
     * @throws IllegalStateException when one is neither said nor found; the message has the remedy
     */
    static ServiceAddress of(
            Optional<URI> url, Optional<String> credential, TenantId tenant, Path data, Role role) {
        URI where =
                url.or(() -> left(data, "url").map(URI::create))
                        .orElseThrow(() -> missing("--url", data));
        String secret =
                credential
                        .or(() -> signed(tenant, data, role))
                        .orElseThrow(() -> missing("--token or --api-key", data));
        return new ServiceAddress(where, secret);
    }

    private static Optional<String> signed(TenantId tenant, Path data, Role role) {
        if (!SigningKeys.existIn(data)) {
            return Optional.empty();
        }
        Caller caller =
                new Caller(Optional.of(tenant), "cli", Set.of(role), Caller.Credential.TOKEN);
        return Optional.of(
                TokenCommand.sign(
                        caller, data, System.getenv(), Instant.now(), Duration.ofHours(12)));
    }

    private static Optional<String> left(Path data, String file) {
        try {
            return Optional.of(Files.readString(data.resolve(file)).strip())
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static IllegalStateException missing(String option, Path data) {
        return new IllegalStateException(
                "say "
                        + option
                        + ", or --data with the folder of a running `vedette start` (nothing found in "
                        + data
                        + ")");
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return url.toString();
    }
}
