package dev.vedette.detection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of detection. */
@ConfigMapping(prefix = "vedette.detection")
public interface DetectionConfig {
    /** Whether points are judged. When not, workers only write them into blocks. */
    @WithDefault("true")
    boolean enabled();

    /** Id of the engine that judges every series for which its tenant chose no other. */
    @WithDefault("ensemble")
    String engine();

    /**
     * Alarm score from which an anomaly opens where the tenant set nothing, above 0 and at most 1;
     * 0.6 is about one alarm per series and week.
     */
    @WithDefault("0.6")
    double threshold();

    /**
     * Whether the safe defaults of the usual kinds of metrics (CPU, memory, disk, network, latency,
     * rates, errors, counters) apply where the tenant set nothing.
     */
    @WithDefault("true")
    boolean familyDefaults();

    /**
     * Whether a new series begins with what ready series of the same tenant, metric and labels
     * know.
     */
    @WithDefault("true")
    boolean siblingPriors();

    /** Whether a node that stands apart from the others of its cluster is an anomaly. */
    @WithDefault("true")
    boolean peers();

    /**
     * Days that may go like weekends: {@code 12-25} for every year, {@code 2026-04-06} for one,
     * {@code Europe/Berlin=12-25} for tenants of that zone only. A series whose weekends do not
     * differ is judged as on any day.
     */
    Optional<List<String>> holidays();

    /**
     * Ids of the engines that may be asked for. {@code rcf} is left out because a series costs
     * about 1.2 MB and a hundred times the default engine's time.
     */
    @WithDefault("ensemble,ewma,iqr,seasonal,isolation-forest,batch")
    List<String> engines();

    /** How often a worker looks for new points of each of its shards; above 0. */
    @WithDefault("PT0.5S")
    Duration evaluationInterval();

    /** Most points of a shard judged and stored in one transaction, about. */
    @WithDefault("100000")
    @Min(1)
    int tickPoints();

    /**
     * How long detector states and point blocks may wait for a checkpoint; bounds what a restart
     * reads again.
     */
    @WithDefault("PT15M")
    Duration checkpointInterval();

    /** Points of a shard since its last checkpoint that bring on the next one; bounds memory. */
    @WithDefault("400000")
    @Min(1)
    int bufferedPoints();

    /** Evaluators of a shard kept in memory, about; the others are read back when needed. */
    @WithDefault("50000")
    @Min(1)
    int evaluators();

    /** Score buckets of a shard kept in memory, about; the others are read back when needed. */
    @WithDefault("20000")
    @Min(1)
    int nodeBuckets();

    /** How long a dead worker's shards stay with it, at least one second. */
    @WithDefault("PT6S")
    Duration leaseTtl();

    /** Most stored points from which an evaluator is rebuilt when its snapshot is damaged. */
    @WithDefault("20000")
    @Min(1)
    int rebuildPoints();
}
