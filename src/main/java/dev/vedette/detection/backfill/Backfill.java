package dev.vedette.detection.backfill;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.scheduling.JobState;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A past range judged again: what was asked for, and how far it has come.
 *
 * @param tenant whose
 * @param id its id
 * @param request what was asked for
 * @param engineVersion version of the engine when it was asked for; absent when none was named
 * @param createdBy who asked
 * @param createdAt when
 * @param progress how far it has come
 */
public record Backfill(
        TenantId tenant,
        UUID id,
        Request request,
        Optional<Integer> engineVersion,
        String createdBy,
        Instant createdAt,
        Progress progress) {

    /** Why there is a backfill. */
    public enum Reason {
        /** Somebody asked. */
        REQUEST,
        /** Points came after newer ones of their series. */
        LATE_DATA,
        /** Its time had come, see {@link RescoringConfig}. */
        SCHEDULE;

        /** The reason in the API and in the database. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What to judge again.
     *
     * @param filter which series
     * @param seriesIds exactly these instead; empty: all that fit the filter
     * @param range whole score buckets; anomalies that start in it are replaced
     * @param engine id of the engine; empty: as set for each series
     * @param overrides what is judged otherwise than set for the series
     * @param warmUp how far before the range the engine starts; empty: at the beginning of what is
     *     stored, as live detection did
     * @param sendAlerts whether alerts for what is found are sent
     * @param reason why
     */
    public record Request(
            SeriesDirectory.Filter filter,
            List<Long> seriesIds,
            TimeRange range,
            Optional<String> engine,
            Overrides overrides,
            Optional<Duration> warmUp,
            boolean sendAlerts,
            Reason reason) {}

    /**
     * Settings that replace those of the series; absent ones stay.
     *
     * @param threshold alarm score from which an anomaly opens, in (0,1]
     * @param direction which side of the usual range counts
     * @param minAbsoluteDeviation in the series' unit, 0 or more
     * @param minRelativeDeviation share of the expected value, 0 or more
     */
    public record Overrides(
            Optional<Double> threshold,
            Optional<DetectionSettings.Direction> direction,
            Optional<Double> minAbsoluteDeviation,
            Optional<Double> minRelativeDeviation) {
        /** No override. */
        public static final Overrides NONE =
                new Overrides(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /**
         * The settings with these in place.
         *
         * @throws IllegalArgumentException when one is out of its range
         */
        public DetectionSettings on(DetectionSettings usual) {
            return new DetectionSettings(
                    threshold.orElse(usual.threshold()),
                    direction.orElse(usual.direction()),
                    minAbsoluteDeviation.orElse(usual.minAbsoluteDeviation()),
                    minRelativeDeviation.orElse(usual.minRelativeDeviation()),
                    usual.zone(),
                    usual.holidays());
        }
    }

    /**
     * How far a backfill has come.
     *
     * @param state where it stands
     * @param seriesTotal how many series fit when it was made
     * @param seriesDone how many are judged
     * @param points points judged, warm-up included
     * @param anomalies anomalies found
     * @param failure why it failed
     * @param startedAt when a worker first took it
     * @param endedAt when it was completed, cancelled or failed
     */
    public record Progress(
            JobState state,
            long seriesTotal,
            long seriesDone,
            long points,
            long anomalies,
            Optional<String> failure,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt) {
        /** At its beginning. */
        public static Progress queued(long seriesTotal) {
            return new Progress(
                    JobState.QUEUED,
                    seriesTotal,
                    0,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /** In [0,1]; judging is all but the last hundredth, the replacing. */
        public double share() {
            if (state == JobState.COMPLETED) {
                return 1;
            }
            return seriesTotal == 0 ? 0 : Math.min(0.99, (double) seriesDone / seriesTotal);
        }
    }
}
