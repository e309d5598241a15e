package dev.vedette.transaction.review;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;

/** Settings of the review of payments. */
@ConfigMapping(prefix = "vedette.transaction-review")
public interface ReviewConfig {
    /**
     * Share of the approved payments that are put before people all the same, 0 to 1: what nothing
     * spoke up on is only known to be good when somebody looks.
     */
    @WithDefault("0.001")
    @DecimalMin("0")
    @DecimalMax("1")
    double sampleShare();

    /** How far back payments wait for a review. */
    @WithDefault("P30D")
    Duration queueAge();

    /** How far back feedback counts for the precision of rules and models. */
    @WithDefault("P90D")
    Duration precisionAge();
}
