package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.DetectorState;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the list of series and the page of one. */
@ApplicationScoped
class SeriesReader {
    private static final int PAGE = 50;
    private static final int POINTS = 20_000;

    private final SeriesDirectory directory;
    private final PointReader points;
    private final AnomalyQueries anomalies;
    private final Bands bands;
    private final PointJudge judge;
    private final FeedbackReader feedback;
    private final Companions companions;
    private final SeriesEvents events;

    SeriesReader(
            SeriesDirectory directory,
            PointReader points,
            AnomalyQueries anomalies,
            Bands bands,
            PointJudge judge,
            FeedbackReader feedback,
            Companions companions,
            SeriesEvents events) {
        this.directory = directory;
        this.points = points;
        this.anomalies = anomalies;
        this.bands = bands;
        this.judge = judge;
        this.feedback = feedback;
        this.companions = companions;
        this.events = events;
    }

    /**
     * What is known of a series for its page.
     *
     * @param series itself
     * @param detector where its detector stands; empty before its first state is stored
     * @param points those of the window, judged
     * @param anomalies its own in the window, newest first
     * @param why the box that asks why
     * @param asked what is shown beside it
     * @param beside lines, read
     * @param events oldest first
     */
    record Parts(
            Series series,
            Optional<DetectorState> detector,
            List<Judged> points,
            List<Anomaly> anomalies,
            WhyPanel why,
            Beside asked,
            Companions.Found beside,
            List<SeriesEvents.Event> events) {}

    /** The series that fit, from that id on. */
    Uni<ExploreView> list(Visit visit, SeriesDirectory.Filter filter, long after) {
        return directory
                .list(visit.tenant().id(), filter, after, PAGE + 1)
                .chain(found ->
                        points.last(visit.tenant().id(), found.stream().map(Series::id).toList())
                                .map(last -> explore(visit, filter, found, last)));
    }

    private static ExploreView explore(
            Visit visit,
            SeriesDirectory.Filter filter,
            List<Series> found,
            Map<SeriesId, MetricPoint> last) {
        List<Series> shown = found.subList(0, Math.min(PAGE, found.size()));
        boolean more = found.size() > PAGE;
        Language language = visit.language();
        String which =
                filter.clusterId().or(filter::nodeId).or(filter::metricName).isPresent()
                        ? ".fit"
                        : "";
        return new ExploreView(
                more
                        ? language.say("explore.first" + which, Figures.whole(PAGE))
                        : language.say(
                                "explore.all" + which,
                                shown.size(),
                                language.firstCount(shown.size())),
                filter.clusterId().orElse(""),
                filter.nodeId().orElse(""),
                filter.metricName().orElse(""),
                shown.stream().map(one -> line(visit, one, last)).toList(),
                more
                        ? Frames.with(visit, "after", Long.toString(shown.getLast().id().value()))
                        : "",
                Links.seriesFile(filter),
                AsCode.ofList(visit, filter));
    }

    private static ExploreView.Line line(
            Visit visit, Series series, Map<SeriesId, MetricPoint> last) {
        SeriesKey key = series.key();
        Optional<MetricPoint> point = Optional.ofNullable(last.get(series.id()));
        return new ExploreView.Line(
                key.clusterId(),
                key.nodeId(),
                Links.node(key.clusterId(), key.nodeId(), visit.window().query()),
                NodeMaker.name(key),
                Links.series(series, visit.window().query()),
                series.unit().orElse(""),
                point.map(p -> SeriesFigures.newest(series, p.value(), visit.language()))
                        .orElse(visit.language().say("series.noPoints")),
                point.map(p -> visit.clock().at(p.timestamp())).orElse(""));
    }

    /**
     * The page of that series; empty when the tenant has none of that id.
     *
     * @param asked the time of which the reader asks why, if any
     * @param beside what the chart shows beside it
     */
    Uni<Optional<SeriesView>> read(Visit visit, String id, Optional<String> asked, Beside beside) {
        return find(visit, id)
                .chain(series ->
                        series.isEmpty()
                                ? Uni.createFrom().item(Optional.<SeriesView>empty())
                                : view(visit, series.get(), asked, beside).map(Optional::of));
    }

    /** The series of that id; empty when the tenant has none, or it is none. */
    Uni<Optional<Series>> find(Visit visit, String id) {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            return Uni.createFrom().item(Optional.empty());
        }
        long number = Long.parseLong(id);
        return directory
                .list(visit.tenant().id(), SeriesDirectory.Filter.ALL, number - 1, 1)
                .map(found -> found.stream().filter(s -> s.id().value() == number).findFirst());
    }

    private Uni<WhyPanel> why(Visit visit, Series series, Optional<String> asked) {
        return asked.flatMap(text -> visit.moment(text))
                .map(at ->
                        judge.moment(series, at).map(moment -> WhyPanel.of(visit, series, moment)))
                .orElseGet(() ->
                        Uni.createFrom()
                                .item(() -> WhyPanel.unasked(visit, visit.window().range().to())));
    }

    private Uni<SeriesView> view(
            Visit visit, Series series, Optional<String> asked, Beside beside) {
        TimeRange range = visit.window().range();
        return Uni.combine()
                .all()
                .unis(
                        bands.judged(visit.tenant().id(), List.of(series), range, POINTS),
                        anomalies.list(
                                visit.tenant().id(),
                                NodeReader.filter(
                                        range,
                                        series.key().clusterId(),
                                        series.key().nodeId(),
                                        Optional.of(series.key().metricName())),
                                Optional.empty(),
                                50),
                        directory.detectors(visit.tenant().id(), List.of(series.id())),
                        why(visit, series, asked),
                        companions.of(visit, series, beside))
                .asTuple()
                .chain(parts -> {
                    List<Anomaly> own = own(series, parts.getItem2());
                    return Uni.combine()
                            .all()
                            .unis(feedback(visit, own), events.of(visit, series, own, beside))
                            .with((corner, events) ->
                                    SeriesMaker.view(
                                            visit,
                                            new Parts(
                                                    series,
                                                    Optional.ofNullable(
                                                            parts.getItem3().get(series.id())),
                                                    parts.getItem1()
                                                            .getOrDefault(series.id(), List.of()),
                                                    own,
                                                    parts.getItem4(),
                                                    beside,
                                                    parts.getItem5(),
                                                    events),
                                            corner));
                });
    }

    private static List<Anomaly> own(Series series, List<Anomaly> all) {
        return all.stream()
                .filter(a -> a.place().series().map(Series::id).equals(Optional.of(series.id())))
                .toList();
    }

    private Uni<List<FeedbackCorner>> feedback(Visit visit, List<Anomaly> own) {
        if (own.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Anomaly newest = own.getFirst();
        return anomalies
                .incidentsOf(visit.tenant().id(), List.of(newest.id()))
                .chain(incidents ->
                        feedback.of(
                                visit,
                                newest.id(),
                                Optional.ofNullable(incidents.get(newest.id())),
                                visit.language()
                                        .say(
                                                "series.newest",
                                                Sentence.of(newest, visit.clock()).text())))
                .map(List::of);
    }
}
