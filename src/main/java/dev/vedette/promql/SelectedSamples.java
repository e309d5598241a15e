package dev.vedette.promql;

import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.SteppedPoints;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the samples that a query needs, before it is computed. */
@ApplicationScoped
public class SelectedSamples {
    /** Most series of one selector. */
    static final int MOST_SERIES = 2000;

    /** Most series whose points are judged for one selector. */
    static final int MOST_JUDGED = 20;

    /** Most samples read for one selector: 32 MB. */
    static final int MOST_SAMPLES = 2_000_000;

    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration LONGEST_JUDGED = Duration.ofDays(31);

    private final SelectedSeries series;
    private final RollupScores rollups;
    private final PointReader points;
    private final PointJudge judge;

    SelectedSamples(
            SelectedSeries series, RollupScores rollups, PointReader points, PointJudge judge) {
        this.series = series;
        this.rollups = rollups;
        this.points = points;
        this.judge = judge;
    }

    /**
     * The samples of each selector, one after the other.
     *
     * @return fails with {@link PromQlException} when there are too many, and with {@link
     *     dev.vedette.ingestion.StorageUnavailableException}
     */
    public Uni<Map<Selector, List<Samples>>> read(
            TenantId tenant, List<Selector> selectors, Steps steps) {
        Map<Selector, List<Samples>> read = new HashMap<>();
        return Multi.createFrom()
                .iterable(selectors.stream().distinct().toList())
                .onItem()
                .transformToUniAndConcatenate(selector ->
                        read(tenant, selector, steps)
                                .invoke(samples -> read.put(selector, samples)))
                .collect()
                .last()
                .replaceWith(read);
    }

    private Uni<List<Samples>> read(TenantId tenant, Selector selector, Steps steps) {
        TimeRange range = range(selector, steps);
        if (RollupScores.areMeant(selector)) {
            return rollups.read(tenant, selector, range);
        }
        boolean isScore = SelectedSeries.score(selector).isPresent();
        int most = isScore ? MOST_JUDGED : MOST_SERIES;
        requireAtMost(range, isScore ? LONGEST_JUDGED : LONGEST);
        return series.find(tenant, selector, most)
                .invoke(found -> requireWhole(found, most))
                .chain(found ->
                        found.series().isEmpty()
                                ? Uni.createFrom().item(List.of())
                                : read(tenant, selector, found.series(), range, steps));
    }

    private static TimeRange range(Selector selector, Steps steps) {
        Duration back = selector.offset().plus(selector.reach());
        Instant from = Instant.ofEpochMilli(steps.start()).minus(back);
        Instant to = Instant.ofEpochMilli(steps.end()).minus(selector.offset()).plusMillis(1);
        if (from.isBefore(Instant.EPOCH)) {
            throw PromQlException.badData("the query begins before 1970");
        }
        return new TimeRange(from, to);
    }

    private static void requireAtMost(TimeRange range, Duration longest) {
        if (range.duration().compareTo(longest) > 0) {
            throw PromQlException.execution(
                    "the query spans more than " + longest.toDays() + " days");
        }
    }

    private static void requireWhole(SelectedSeries.Found found, int most) {
        if (found.isCut()) {
            throw PromQlException.execution(
                    "the selector fits more than "
                            + most
                            + " series, or so many were looked at ("
                            + SelectedSeries.MOST_LOOKED_AT
                            + "); name more labels");
        }
    }

    private Uni<List<Samples>> read(
            TenantId tenant,
            Selector selector,
            List<SelectedSeries.Labelled> found,
            TimeRange range,
            Steps steps) {
        List<SeriesId> ids = found.stream().map(one -> one.series().id()).toList();
        int most = MOST_SAMPLES / found.size();
        if (SelectedSeries.score(selector).isPresent()) {
            List<Series> all = found.stream().map(SelectedSeries.Labelled::series).toList();
            ScoreMetric score = SelectedSeries.score(selector).get();
            return judge.judge(tenant, all, range, most)
                    .map(judged -> each(found, id -> samples(judged.get(id), score)));
        }
        if (isCoarse(selector, range, steps)) {
            return points.steps(tenant, ids, range, ScoreBucket.WIDTH, most)
                    .map(read -> each(found, id -> samples(read.get(id))));
        }
        return points.points(tenant, ids, range, most)
                .invoke(read -> requireAll(read, most))
                .map(read -> each(found, id -> read.getOrDefault(id, PointReader.Points.NONE)));
    }

    // Each moment is the end of a five-minute roll-up, whose last value is the newest then.
    private static boolean isCoarse(Selector selector, TimeRange range, Steps steps) {
        long width = ScoreBucket.WIDTH.toMillis();
        return selector.range().isZero()
                && steps.count() > 1
                && steps.width() % width == 0
                && (steps.start() - selector.offset().toMillis()) % width == 0
                && range.duration().compareTo(Duration.ofHours(12)) > 0;
    }

    private static void requireAll(Map<SeriesId, PointReader.Points> read, int most) {
        if (read.values().stream().anyMatch(one -> one.values().length >= most)) {
            throw PromQlException.execution(
                    "query processing would load too many samples into memory; ask for a shorter"
                            + " range or fewer series");
        }
    }

    private static List<Samples> each(
            List<SelectedSeries.Labelled> found,
            java.util.function.Function<SeriesId, PointReader.Points> read) {
        return found.stream()
                .map(one -> {
                    PointReader.Points columns = read.apply(one.series().id());
                    return new Samples(one.labels(), columns.epochMillis(), columns.values());
                })
                .toList();
    }

    private static PointReader.Points samples(
            @org.jspecify.annotations.Nullable JudgedSeries judged, ScoreMetric score) {
        JudgedSeries there = Objects.requireNonNull(judged);
        return new PointReader.Points(there.epochMillis(), score.of(there));
    }

    private static PointReader.Points samples(
            @org.jspecify.annotations.Nullable SteppedPoints steps) {
        if (steps == null) {
            return PointReader.Points.NONE;
        }
        long[] ends =
                Arrays.stream(steps.epochMillis())
                        .map(start -> start + ScoreBucket.WIDTH.toMillis())
                        .toArray();
        return new PointReader.Points(ends, steps.last());
    }
}
