package dev.vedette.detection.backfill;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of backfills. */
@ConfigMapping(prefix = "vedette.backfill")
public interface BackfillConfig {
    /** Share of one core's time that backfills of a worker take, above 0 to 1; the rest is rest. */
    @WithDefault("0.2")
    @DecimalMin("0.01")
    @DecimalMax("1")
    double cpuShare();

    /** Backfills rest while live detection lags by more. */
    @WithDefault("PT5S")
    Duration mostLiveLag();

    /** Queued and running backfills of a tenant; one more is refused. */
    @WithDefault("10")
    @Min(1)
    int mostActive();

    /** Series times days of one backfill; a larger one is refused. */
    @WithDefault("50000")
    @Min(1)
    long mostSeriesDays();

    /** Whether points that came late are judged by a backfill of their own. */
    @WithDefault("true")
    boolean lateData();

    /** How long no late point of a series may have come before its backfill starts. */
    @WithDefault("PT5M")
    Duration lateQuiet();

    /**
     * Shortest stretch of late points of a series that is judged again; shorter ones are kept only.
     */
    @WithDefault("PT1H")
    Duration lateSpan();
}
