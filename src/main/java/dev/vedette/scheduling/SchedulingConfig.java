package dev.vedette.scheduling;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Set;

/** Which part of the service this process plays. */
@ConfigMapping(prefix = "vedette")
public interface SchedulingConfig {
    /**
     * Roles of this process, any of {@code api}, {@code worker}, {@code notifier}; all by default.
     */
    @WithName("roles")
    @WithDefault("api,worker,notifier")
    Set<ServiceRole> roles();
}
