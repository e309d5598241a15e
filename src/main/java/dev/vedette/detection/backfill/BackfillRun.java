package dev.vedette.detection.backfill;

import dev.vedette.detection.AnomalyExplainer;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.SeriesReplay;
import dev.vedette.detection.SettingsSource;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.WholeSeriesEngine;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Works one backfill off, a few series at a time: reads their points stretch by stretch from the
 * beginning of what is stored, judges them, stores what was found beside the series' number, and at
 * the end replaces the older results. Whoever takes the backfill after a crash goes on behind the
 * last series stored. Rests after each stretch, so that live detection has the machine.
 */
final class BackfillRun {
    /** Read and judged at once; with 20 series at a point a minute about 230 000 points. */
    private static final Duration STRETCH = Duration.ofDays(8);

    /** Beyond the range, where an open anomaly is followed to its end. */
    private static final Duration STRETCH_BEYOND = Duration.ofDays(1);

    static final Duration LEASE = Duration.ofSeconds(60);
    private static final int SERIES = 20;

    private final BackfillWork work;
    private final Judging judging;
    private final Rest rest;
    private final InstantSource clock;

    BackfillRun(BackfillWork work, Judging judging, Rest rest, InstantSource clock) {
        this.work = work;
        this.judging = judging;
        this.rest = rest;
        this.clock = clock;
    }

    /**
     * What judging takes.
     *
     * @param engines the engines
     * @param settings what is set for a series
     * @param explainer says an anomaly in words
     */
    record Judging(EngineRegistry engines, SettingsSource settings, AnomalyExplainer explainer) {}

    /** Lets others work. */
    interface Rest {
        /**
         * Waits after that much work.
         *
         * @return whether to go on
         */
        boolean after(Duration worked);
    }

    /** How a run ended. */
    enum End {
        /** The results are in place. */
        COMPLETED,
        /** The backfill is no longer this worker's. */
        LOST,
        /** The process stops; another goes on. */
        INTERRUPTED
    }

    /** Signals that the backfill is no longer ours, or that the process stops. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient End end;

        Ended(End end) {
            super(end.name(), null, false, false);
            this.end = end;
        }
    }

    /** Works it off. */
    End run(BackfillWork.Task task) {
        try {
            SettingsSource.Revision settings = settings(task);
            BackfillWork.Task at = task;
            for (List<Series> next = work.nextSeries(at, SERIES);
                    !next.isEmpty();
                    next = work.nextSeries(at, SERIES)) {
                judge(at, settings, next);
                at = at.after(next.getLast().id().value());
            }
            return work.complete(at) ? End.COMPLETED : End.LOST;
        } catch (Ended e) {
            return e.end;
        }
    }

    // All of it is judged by one revision, also by who goes on after a restart.
    private SettingsSource.Revision settings(BackfillWork.Task task) {
        if (task.settings().isPresent()) {
            return judging.settings().asOf(task.settings().getAsLong());
        }
        SettingsSource.Revision newest = judging.settings().latest(0);
        if (!work.fixSettings(task, newest.number())) {
            throw new Ended(End.LOST);
        }
        return newest;
    }

    private void judge(
            BackfillWork.Task task, SettingsSource.Revision settings, List<Series> series) {
        Backfill.Request request = task.backfill().request();
        Map<Long, SeriesReplay> replays = replays(request, settings, series);
        long points = 0;
        OptionalLong first = work.firstPoint(series);
        if (first.isPresent()) {
            Instant kept = Instant.ofEpochMilli(first.getAsLong());
            Instant from =
                    hindsight(request).isPresent()
                            ? later(request.range().from(), kept)
                            : start(request, kept);
            points = stretches(task, series, replays, from);
        }
        Instant now = clock.instant();
        List<BackfillWork.Found> found = new ArrayList<>();
        for (Series one : series) {
            SeriesReplay replay = Objects.requireNonNull(replays.get(one.id().value()));
            found.add(new BackfillWork.Found(one, replay.anomalies(now), replay.scores()));
        }
        if (!work.stage(task, found, points, LEASE)) {
            throw new Ended(End.LOST);
        }
    }

    private Map<Long, SeriesReplay> replays(
            Backfill.Request request, SettingsSource.Revision settings, List<Series> series) {
        Map<Long, SeriesReplay> replays = new LinkedHashMap<>();
        Map<Long, SeriesPrior> priors = work.priors(series);
        for (Series one : series) {
            replays.put(
                    one.id().value(),
                    new SeriesReplay(
                            one,
                            Optional.ofNullable(priors.get(one.id().value())),
                            judging.engines(),
                            plan(request, settings.of(one)),
                            settings.number(),
                            judging.explainer(),
                            request.range(),
                            hindsight(request)));
        }
        return replays;
    }

    /** Only an engine that was named sees the whole range: otherwise all is as it was live. */
    private Optional<WholeSeriesEngine> hindsight(Backfill.Request request) {
        return request.engine()
                .map(judging.engines()::get)
                .filter(WholeSeriesEngine.class::isInstance)
                .map(WholeSeriesEngine.class::cast);
    }

    private static DetectionPlan plan(Backfill.Request request, DetectionPlan today) {
        return new DetectionPlan(
                request.engine().orElse(today.engine()), request.overrides().on(today.settings()));
    }

    private static Instant start(Backfill.Request request, Instant first) {
        return request.warmUp()
                .map(warmUp -> request.range().from().minus(warmUp))
                .filter(start -> start.isAfter(first))
                .orElse(first);
    }

    private long stretches(
            BackfillWork.Task task,
            List<Series> series,
            Map<Long, SeriesReplay> replays,
            Instant start) {
        Instant to = task.backfill().request().range().to();
        Instant now = clock.instant();
        long points = 0;
        for (Instant from = start; from.isBefore(to); from = from.plus(STRETCH)) {
            Instant end = earlier(from.plus(STRETCH), to);
            points += stretch(task, series, replays, new TimeRange(from, end));
        }
        replays.values().forEach(SeriesReplay::rangeEnds);
        List<Series> open = open(series, replays);
        for (Instant from = to; !open.isEmpty() && from.isBefore(now); ) {
            Instant end = earlier(from.plus(STRETCH_BEYOND), now);
            points += stretch(task, open, replays, new TimeRange(from, end));
            open = open(open, replays);
            from = end;
        }
        return points;
    }

    private static List<Series> open(List<Series> series, Map<Long, SeriesReplay> replays) {
        return series.stream()
                .filter(one -> Objects.requireNonNull(replays.get(one.id().value())).isOpen())
                .toList();
    }

    private long stretch(
            BackfillWork.Task task,
            List<Series> series,
            Map<Long, SeriesReplay> replays,
            TimeRange range) {
        Instant begun = clock.instant();
        long points = 0;
        for (Map.Entry<Long, PointReader.Points> one : work.points(series, range).entrySet()) {
            Objects.requireNonNull(replays.get(one.getKey())).judge(one.getValue());
            points += one.getValue().values().length;
        }
        Duration worked = Duration.between(begun, clock.instant());
        keep(task);
        if (!rest.after(worked)) {
            throw new Ended(End.INTERRUPTED);
        }
        keep(task);
        return points;
    }

    private void keep(BackfillWork.Task task) {
        if (!work.keep(task, LEASE)) {
            throw new Ended(End.LOST);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
