package dev.vedette.detection.backtest;

import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.scheduling.JobState;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A backtest that was asked for, and how far it has come.
 *
 * @param tenant whose
 * @param id its id
 * @param draft the change, not stored as a rule
 * @param range in which alarms begin
 * @param createdBy who asked
 * @param createdAt when
 * @param progress how far it has come
 */
public record BacktestRun(
        TenantId tenant,
        UUID id,
        ThresholdRule draft,
        TimeRange range,
        String createdBy,
        Instant createdAt,
        Progress progress) {
    /** How long one is kept with its result after it was asked for. */
    public static final Duration KEPT = Duration.ofDays(30);

    /**
     * How far it has come.
     *
     * @param state where it stands
     * @param seriesTotal how many series the change is about, 1 or more
     * @param seriesDone how many are tried, by the rules that hold now
     * @param failure why it failed
     * @param startedAt when a worker first took it
     * @param endedAt when it was completed, cancelled or failed
     */
    public record Progress(
            JobState state,
            int seriesTotal,
            int seriesDone,
            Optional<String> failure,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt) {
        /** At its beginning. */
        public static Progress queued(int seriesTotal) {
            return new Progress(
                    JobState.QUEUED,
                    seriesTotal,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /** In [0,1]. */
        public double share() {
            return state == JobState.COMPLETED ? 1 : Math.min(1, (double) seriesDone / seriesTotal);
        }
    }

    /** When it and its result go. */
    public Instant expiresAt() {
        return createdAt.plus(KEPT);
    }
}
