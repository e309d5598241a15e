package dev.vedette.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Whether and how the service watches itself. */
@ConfigMapping(prefix = "vedette.self-monitoring")
public interface SelfMonitoringConfig {
    /** Whether this process's own key metrics are stored and judged as a tenant's are. */
    @WithDefault("true")
    boolean enabled();

    /** The tenant they belong to; made when it is not there, without users. */
    @WithDefault("vedette")
    String tenant();

    /** How often they are read, at least a second. */
    @WithDefault("PT15S")
    Duration interval();

    /** Name of this process among its series. Default: the host's name, in Kubernetes the pod's. */
    Optional<String> node();
}
