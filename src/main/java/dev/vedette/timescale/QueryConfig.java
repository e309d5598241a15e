package dev.vedette.timescale;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of queries. */
@ConfigMapping(prefix = "vedette.query")
public interface QueryConfig {
    /** Bytes of answers kept in memory, about; 0 keeps none. */
    @WithDefault("67108864")
    @Min(0)
    long cacheBytes();

    /**
     * How long an answer is kept. Points written through this process are in the next answer at
     * once; those written through another one within this time.
     */
    @WithDefault("PT5S")
    Duration cacheTtl();

    /** Most of the cache that one tenant may take, above 0 to 1. */
    @WithDefault("0.25")
    @DecimalMin("0.01")
    @DecimalMax("1")
    double cacheTenantShare();
}
