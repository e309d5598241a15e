package dev.vedette.detection.external;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the external engine. */
@ConfigMapping(prefix = "vedette.external-engine")
public interface ExternalEngineConfig {
    /**
     * Where a server of the external engines' protocol is, such as {@code http://merlion:8090}; the
     * engine {@code merlion} is offered when it is set.
     */
    Optional<URI> url();

    /** Sent as a bearer token, when set; never logged. */
    Optional<String> token();

    /** How long the judgement of a whole series may take. */
    @WithDefault("PT30S")
    Duration detectTimeout();

    /** How long the judgement of new points may take; live detection waits for it. */
    @WithDefault("PT2S")
    Duration updateTimeout();

    /** Most requests under way; eight times as many wait, more are left to the default engine. */
    @WithDefault("4")
    @Min(1)
    @Max(256)
    int concurrency();

    /** Most points of a series sent; longer ones are left to the default engine. */
    @WithDefault("50000")
    @Min(1)
    @Max(1000000)
    int maxPoints();

    /**
     * How long an engine is left alone after half of the last four requests failed, before one is
     * tried again.
     */
    @WithDefault("PT10S")
    Duration rest();
}
