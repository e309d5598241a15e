package dev.vedette.detection.backfill;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Settings of the scheduled second look at the past. */
@ConfigMapping(prefix = "vedette.rescoring")
public interface RescoringConfig {
    /** A tenant, and what of it. */
    String SELECTION = "\\s*[^/,\\s]+(/[^/,]+){0,2}\\s*";

    /**
     * What is judged again on a schedule, by an engine that knows how things went on. Each is a
     * {@code tenant}, {@code tenant/cluster} or {@code tenant/cluster/node}; between them are
     * commas. The results replace those of live detection; no alert is sent. Absent: nothing.
     */
    Optional<List<@Pattern(regexp = SELECTION) String>> selections();

    /**
     * How often, at least an hour; each time at a multiple of it since 1970, and never for times
     * missed.
     */
    @WithDefault("PT24H")
    @DurationMin(hours = 1)
    Duration every();

    /** How far back, up to that time: an hour to 366 days. */
    @WithDefault("PT168H")
    @DurationMin(hours = 1)
    @DurationMax(days = 366)
    Duration range();

    /** Id of the engine. */
    @WithDefault("batch")
    @Pattern(regexp = "[a-z][a-z0-9_-]*")
    String engine();
}
