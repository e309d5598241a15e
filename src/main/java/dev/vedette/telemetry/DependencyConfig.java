package dev.vedette.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the service watches what it depends on: database, Kafka, mail server, MLflow. */
@ConfigMapping(prefix = "vedette.dependencies")
public interface DependencyConfig {
    /** How often each is asked whether it is there, at least a second. */
    @WithDefault("PT10S")
    Duration interval();
}
