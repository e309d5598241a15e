package dev.vedette.detection.backfill;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the scheduled second look at the past. */
@ConfigMapping(prefix = "vedette.rescoring")
public interface RescoringConfig {
    /**
     * What is judged again on a schedule, by an engine that knows how things went on. Each is a
     * {@code tenant}, {@code tenant/cluster} or {@code tenant/cluster/node}; between them are
     * commas. The results replace those of live detection; no alert is sent. Absent: nothing.
     */
    Optional<List<String>> selections();

    /** How often; each time at a multiple of it since 1970, and never for times missed. */
    @WithDefault("PT24H")
    Duration every();

    /** How far back, up to that time. */
    @WithDefault("PT168H")
    Duration range();

    /** Id of the engine. */
    @WithDefault("batch")
    String engine();
}
