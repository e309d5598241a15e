package dev.vedette.cli;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that asks a running service. */
final class RunningService {
    @Option(names = "--url", description = "Root of the service, http://host:port.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = {"--token", "--api-key"},
            defaultValue = "${env:VEDETTE_TOKEN}",
            description =
                    "A token or API key that may do this. Default: the variable VEDETTE_TOKEN.")
    private Optional<String> credential = Optional.empty();

    @Option(
            names = "--tenant",
            defaultValue = "demo",
            description = "Whose, when no credential is said. Default: ${DEFAULT-VALUE}.")
    private String tenant = "demo";

    @Mixin private DataFolder data = new DataFolder();

    /**
     * Where the service is; what was not said is looked up in the data folder.
     *
     * @param role of the token that is signed when no credential was said
     * @throws IllegalStateException when it is neither said nor found; the message has the remedy
     */
    ServiceAddress address(Role role) {
        return ServiceAddress.of(url, credential, new TenantId(tenant), data.path(), role);
    }
}
