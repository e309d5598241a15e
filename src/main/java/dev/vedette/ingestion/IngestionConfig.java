package dev.vedette.ingestion;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** Settings of ingestion. */
@ConfigMapping(prefix = "vedette.ingestion")
public interface IngestionConfig {
    /** How far ahead of the service's clock a point may lie. */
    @WithDefault("PT10M")
    Duration maxAhead();

    /** How old a point may be; any age when absent, so that imports of old data work. */
    Optional<Duration> maxAge();

    /** Most refusals told one by one in an answer; the rest is counted. */
    @WithDefault("100")
    @Min(0)
    @Max(10_000)
    int maxErrors();

    /** Most points in one request. */
    @WithDefault("1000000")
    @Min(1)
    int maxRequestPoints();

    /** Most bytes of a request's body once decompressed. */
    @WithDefault("64M")
    MemorySize maxBody();

    /** Most decompressed bytes per compressed byte; held beyond the first MiB. */
    @WithDefault("200")
    @Min(2)
    int maxCompressionRatio();

    /** Most series remembered in memory, over all tenants; about 400 bytes each. */
    @WithDefault("500000")
    @Min(2)
    int maxCachedSeries();

    /** How requests share commits. */
    Commit commit();

    /** Group commit. */
    interface Commit {
        /** How long a request waits for others before its commit starts. */
        @WithDefault("PT0.002S")
        Duration linger();

        /** Writers to the detection log at the same time. */
        @WithDefault("2")
        @Min(1)
        @Max(64)
        int lanes();

        /** Points after which a commit starts without lingering. */
        @WithDefault("60000")
        @Min(1)
        int maxPoints();

        /** Most bytes of points waiting to be stored; beyond it senders are told to come back. */
        @WithDefault("64M")
        MemorySize maxQueued();

        /** Most of them of one tenant. */
        @WithDefault("32M")
        MemorySize maxQueuedPerTenant();

        /** After this long without an answer a commit counts as failed, its outcome unknown. */
        @WithDefault("PT30S")
        Duration timeout();
    }
}
