package dev.vedette.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long data is kept for tenants that set nothing else; points by each tenant's limits. */
@ConfigMapping(prefix = "vedette.retention")
public interface RetentionConfig {
    /** Roll-ups of points at 5 minutes; at least one hour. */
    @WithDefault("P180D")
    Duration fineRollups();

    /** Roll-ups of points at an hour; at least one hour. */
    @WithDefault("P730D")
    Duration hourlyRollups();

    /** Anomalies and scores; at least one hour. */
    @WithDefault("P400D")
    Duration anomalies();

    /** The record of who changed what; at least one hour. */
    @WithDefault("P400D")
    Duration audit();
}
