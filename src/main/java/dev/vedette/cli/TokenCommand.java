package dev.vedette.cli;

import dev.vedette.http.Caller;
import dev.vedette.http.SigningKeys;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Prints a token for the API. Signs with the key of the data folder, or that of {@code
 * VEDETTE_HTTP_SIGNING_KEY}; needs no running service.
 */
@Command(
        name = "token",
        description = "Prints a signed token for the API.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofHours(24);

    @Option(
            names = "--tenant",
            description = "Whose data; not needed for the role platform-admin alone.")
    private @Nullable String tenant;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            description =
                    "viewer, analyst, editor, admin, ingest or platform-admin; several are separated"
                            + " by commas.")
    private List<String> roles = List.of();

    @Option(
            names = "--ttl",
            defaultValue = "PT12H",
            description = "How long it is accepted, at most PT24H. Default: ${DEFAULT-VALUE}.")
    private Duration ttl = Duration.ofHours(12);

    @Option(
            names = "--subject",
            defaultValue = "cli",
            description = "Who it is for, as the audit log shows it. Default: ${DEFAULT-VALUE}.")
    private String subject = "cli";

    @Mixin private DataFolder data = new DataFolder();

    @Override
    public Integer call() {
        System.out.println(token(System.getenv(), Instant.now()));
        return 0;
    }

    /**
     * The signed token.
     *
     * @throws IllegalArgumentException when the options do not fit together
     */
    String token(Map<String, String> environment, Instant now) {
        if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("--ttl must be above 0, at most PT24H, is " + ttl);
        }
        Caller caller =
                new Caller(
                        Optional.ofNullable(tenant).map(TenantId::new),
                        subject,
                        parsedRoles(),
                        Caller.Credential.TOKEN);
        return sign(caller, data.path(), environment, now, ttl);
    }

    /** A token of that caller, signed with the key of the environment or of the data folder. */
    static String sign(
            Caller caller, Path data, Map<String, String> environment, Instant now, Duration ttl) {
        String pem = environment.get("VEDETTE_HTTP_SIGNING_KEY");
        SigningKeys keys = pem == null ? SigningKeys.ensure(data) : SigningKeys.ofPem(pem);
        return new TokenIssuer(
                        keys,
                        environment.getOrDefault("VEDETTE_HTTP_ISSUER", "vedette"),
                        environment.getOrDefault("VEDETTE_HTTP_AUDIENCE", "vedette"))
                .token(caller, now, ttl);
    }

    private Set<Role> parsedRoles() {
        Set<Role> parsed = new LinkedHashSet<>();
        for (String role : roles) {
            parsed.add(
                    Role.ofClaim(role.strip())
                            .orElseThrow(() -> new IllegalArgumentException(unknown(role))));
        }
        return parsed;
    }

    private static String unknown(String role) {
        return "there is no role '"
                + role
                + "'; roles are "
                + Arrays.stream(Role.values()).map(Role::claim).collect(Collectors.joining(", "));
    }
}
