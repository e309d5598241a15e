package dev.vedette.tracing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** Whether requests are traced, how many of them, and who is told. */
@ConfigMapping(prefix = "vedette.tracing")
public interface TracingConfig {
    /** Whether spans are recorded and sent. */
    @WithDefault("false")
    boolean enabled();

    /** An OpenTelemetry collector that takes OTLP over HTTP, without {@code /v1/traces}. */
    @WithDefault("http://localhost:4318")
    @Pattern(regexp = "https?://[^/\\s]+(/\\S*)?")
    String endpoint();

    /**
     * Share of the requests without a caller's trace that is recorded, 0 to 1. Of the others the
     * caller's {@code traceparent} decides.
     */
    @WithDefault("0.01")
    @DecimalMin("0")
    @DecimalMax("1")
    double sampleRatio();

    /** The collector's {@code Authorization} header; a secret. */
    Optional<String> authorization();
}
