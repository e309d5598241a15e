package dev.vedette.ingestion;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    /** Most series remembered in memory, over all tenants; about 700 bytes each. */
    @WithDefault("500000")
    @Min(2)
    int maxCachedSeries();

    /** Most series of OTLP's delta sums whose running totals are kept in memory. */
    @WithDefault("100000")
    @Min(2)
    int maxDeltaSeries();

    /** How requests share commits. */
    Commit commit();

    /** How far back the first fetch of a source reaches. */
    @WithDefault("PT5M")
    Duration sourceLookback();

    /** Where the service fetches points by itself, by a name of your choice. */
    Map<String, Source> sources();

    /** The kinds of sources. */
    enum SourceType {
        /** A Prometheus server, by query_range. */
        PROMETHEUS,
        /** A folder of CSV files. */
        CSV,
        /** Amazon CloudWatch. */
        CLOUDWATCH,
        /** Azure Monitor. */
        AZURE_MONITOR,
        /** A simulated fleet. */
        SIMULATOR
    }

    /** One source. */
    interface Source {
        /** What it is. */
        SourceType type();

        /** Whose points they are. */
        String tenant();

        /** How often it is fetched, and the step of Prometheus' queries; at least one second. */
        @WithDefault("PT30S")
        Duration interval();

        /** Cluster of series that do not name one; the source's name by default. */
        Optional<String> cluster();

        /** Prometheus: address of the server. The clouds: another address than the usual. */
        Optional<URI> url();

        /**
         * Prometheus: the queries; everything the server has by default. CloudWatch: search
         * expressions. Azure Monitor: resource ids, each with {@code ?} and the metrics' names.
         */
        Optional<List<String>> queries();

        /** Prometheus: label that names the cluster. */
        @WithDefault("cluster")
        String clusterLabel();

        /** Prometheus: label that names the node. CloudWatch: the dimension. */
        @WithDefault("instance")
        String nodeLabel();

        /** CloudWatch: the region. */
        Optional<String> region();

        /** CloudWatch: id of the access key. Azure Monitor: id of the application. */
        Optional<String> clientId();

        /** Its secret. */
        Optional<String> clientSecret();

        /** CloudWatch: the token that belongs to a temporary access key. */
        Optional<String> sessionToken();

        /** Azure Monitor: the directory (tenant) the application signs in to. */
        Optional<String> directory();

        /** CSV: the folder, with a folder per cluster and a file per node. */
        Optional<Path> folder();

        /** CSV: time of the first row of files without a column of times. */
        Optional<Instant> start();

        /** CSV: time between rows of files without a column of times. */
        @WithDefault("PT1M")
        Duration step();

        /** Simulator: the same seed gives the same fleet. */
        @WithDefault("1")
        long seed();

        /** Simulator: how many clusters. */
        @WithDefault("1")
        @Min(1)
        @Max(1000)
        int clusters();

        /** Simulator: how many nodes each has. */
        @WithDefault("5")
        @Min(1)
        @Max(10_000)
        int nodesPerCluster();
    }

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
