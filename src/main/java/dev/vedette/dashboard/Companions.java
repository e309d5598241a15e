package dev.vedette.dashboard;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a chart of a series shows beside it. Nothing is read of what was not asked for; what a
 * page costs does not grow with the cluster: {@value #MOST} siblings are drawn, and of all of them
 * {@value #KNOWN} are looked at.
 */
@ApplicationScoped
class Companions {
    /** Most siblings that are drawn: as many lines as can be told apart. */
    static final int MOST = 4;

    /** Most siblings that are looked at. */
    static final int KNOWN = 1000;

    /** Most points of a line. */
    static final int POINTS = 20_000;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration BUCKETS = Duration.ofMinutes(5);

    // Of a metric with labels several series of a node are ranked.
    private static final int RANKED = 50;

    private final SeriesDirectory directory;
    private final PointReader points;
    private final ScoreQueries scores;

    Companions(SeriesDirectory directory, PointReader points, ScoreQueries scores) {
        this.directory = directory;
        this.points = points;
        this.scores = scores;
    }

    /**
     * What there is beside a series.
     *
     * @param lines last week first, then the siblings, the strangest first
     * @param rest how many more siblings there are, at most {@value #KNOWN}
     */
    record Found(List<Companion> lines, int rest) {
        static final Found NOTHING = new Found(List.of(), 0);
    }

    private record Chosen(List<Series> siblings, int rest) {
        static final Chosen NONE = new Chosen(List.of(), 0);
    }

    /** What is to be shown beside that series in the window of that visit. */
    Uni<Found> of(Visit visit, Series series, Beside asked) {
        if (!asked.week() && !asked.siblings()) {
            return Uni.createFrom().item(Found.NOTHING);
        }
        TimeRange range = visit.window().range();
        return Uni.combine()
                .all()
                .unis(
                        asked.week() ? week(visit, series, range) : nothing(),
                        asked.siblings()
                                ? siblings(series, range).chain(some -> drawn(visit, range, some))
                                : Uni.createFrom().item(Found.NOTHING))
                .with((week, siblings) -> {
                    List<Companion> lines = new ArrayList<>(week);
                    lines.addAll(siblings.lines());
                    return new Found(List.copyOf(lines), siblings.rest());
                });
    }

    private static Uni<List<Companion>> nothing() {
        return Uni.createFrom().item(List.of());
    }

    private Uni<List<Companion>> week(Visit visit, Series series, TimeRange range) {
        TimeRange before = new TimeRange(range.from().minus(WEEK), range.to().minus(WEEK));
        return points.points(series.id().tenant(), List.of(series.id()), before, POINTS)
                .map(found ->
                        List.of(
                                new Companion(
                                        "week",
                                        visit.language().say("beside.week"),
                                        "last_week",
                                        "",
                                        Companion.later(of(found, series), WEEK))));
    }

    private static PointReader.Points of(Map<SeriesId, PointReader.Points> found, Series series) {
        return found.getOrDefault(series.id(), PointReader.Points.NONE);
    }

    private Uni<Found> drawn(Visit visit, TimeRange range, Chosen chosen) {
        if (chosen.siblings().isEmpty()) {
            return Uni.createFrom().item(Found.NOTHING);
        }
        List<SeriesId> ids = chosen.siblings().stream().map(Series::id).toList();
        return points.points(ids.getFirst().tenant(), ids, range, POINTS)
                .map(found -> {
                    List<Companion> lines = new ArrayList<>();
                    for (Series one : chosen.siblings()) {
                        String node = one.key().nodeId();
                        lines.add(
                                new Companion(
                                        "s" + (lines.size() + 1),
                                        node,
                                        "node " + node,
                                        Links.series(one, visit.window().query()),
                                        Companion.later(of(found, one), Duration.ZERO)));
                    }
                    return new Found(List.copyOf(lines), chosen.rest());
                });
    }

    private Uni<Chosen> siblings(Series series, TimeRange range) {
        SeriesKey key = series.key();
        TenantId tenant = series.id().tenant();
        ScoreQueries.Question question =
                new ScoreQueries.Question(
                        ScoreLevel.METRIC,
                        Optional.of(key.clusterId()),
                        Optional.empty(),
                        Optional.of(key.metricName()),
                        AggregationStrategy.MAX,
                        Visit.cells(range, BUCKETS));
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        Optional.of(key.clusterId()),
                        Optional.empty(),
                        Optional.of(key.metricName()),
                        key.labels().pairs());
        return Uni.combine()
                .all()
                .unis(
                        scores.rank(tenant, question, RANKED),
                        directory.list(tenant, filter, 0, KNOWN))
                .asTuple()
                .chain(parts -> chosen(key, parts.getItem1(), parts.getItem2()));
    }

    // The ranking names places; those that are not among the series that were listed are looked up.
    private Uni<Chosen> chosen(
            SeriesKey key, List<ScoreQueries.Ranked> ranked, List<Series> listed) {
        Map<SeriesKey, Series> known = new LinkedHashMap<>();
        listed.stream()
                .filter(one -> isSibling(key, one.key()))
                .sorted(nearest(key))
                .forEach(one -> known.put(one.key(), one));
        List<Uni<Optional<Series>>> strangest =
                ranked.stream()
                        .map(rank -> key(key, rank))
                        .filter(one -> isSibling(key, one))
                        .limit(MOST)
                        .map(one ->
                                known.containsKey(one)
                                        ? Uni.createFrom().item(Optional.ofNullable(known.get(one)))
                                        : directory.find(one))
                        .toList();
        return together(strangest)
                .map(first -> {
                    Map<SeriesKey, Series> all = new LinkedHashMap<>();
                    first.stream()
                            .flatMap(Optional::stream)
                            .forEach(one -> all.put(one.key(), one));
                    known.forEach(all::putIfAbsent);
                    List<Series> drawn = all.values().stream().limit(MOST).toList();
                    return drawn.isEmpty()
                            ? Chosen.NONE
                            : new Chosen(drawn, all.size() - drawn.size());
                });
    }

    private static Uni<List<Optional<Series>>> together(List<Uni<Optional<Series>>> all) {
        return all.isEmpty() ? Uni.createFrom().item(List.of()) : Uni.join().all(all).andFailFast();
    }

    private static SeriesKey key(SeriesKey own, ScoreQueries.Ranked rank) {
        return new SeriesKey(
                own.tenant(),
                own.clusterId(),
                rank.place().nodeId().orElse(own.nodeId()),
                own.metricName(),
                rank.place().labels());
    }

    private static boolean isSibling(SeriesKey own, SeriesKey other) {
        return !other.nodeId().equals(own.nodeId()) && other.labels().equals(own.labels());
    }

    // By name, from the node's own on and round again: where nothing was judged, neighbours stand.
    private static Comparator<Series> nearest(SeriesKey own) {
        return Comparator.<Series, Boolean>comparing(
                        one -> one.key().nodeId().compareTo(own.nodeId()) < 0)
                .thenComparing(one -> one.key().nodeId());
    }
}
