package dev.vedette.dashboard;

import dev.vedette.aggregation.HealthWords;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScorePlace;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the overview from its facts: which words, which order, which drawings. */
final class OverviewMaker {
    /** Most rows of a table. */
    static final int TABLE = 8;

    private final Visit visit;
    private final OverviewFacts facts;
    private final TimeRange look;
    private final Map<SeriesId, List<Judged>> judged;
    private final Clock clock;
    private final Language language;
    private final HealthWords words;
    private final List<OverviewFacts.Wrong> wrong;
    private final Map<String, Integer> nodesOf;
    private final Tally begun;

    /**
     * A maker for one visit.
     *
     * @param look what the sparklines show
     * @param judged their points
     */
    OverviewMaker(
            Visit visit, OverviewFacts facts, TimeRange look, Map<SeriesId, List<Judged>> judged) {
        this.visit = visit;
        this.facts = facts;
        this.look = look;
        this.judged = judged;
        this.clock = visit.clock();
        this.language = visit.language();
        this.words = new HealthWords(language.words(), clock.zone());
        this.wrong = facts.wrong();
        this.nodesOf = facts.nodesOfClusters();
        this.begun = Tally.ofNewest(facts.begun(), OverviewReader.MOST);
    }

    OverviewView view(ScoreLevel level, boolean all) {
        List<OverviewView.Cluster> clusters =
                new ClusterRows(facts, clock, words, wrong, nodesOf).rows();
        int hidden = lanesThereAre(level) - facts.lanes().size();
        return new OverviewView(
                headline(),
                lead(clusters),
                wrong.stream().filter(this::isDrawn).map(this::situation).toList(),
                clusters,
                language.say(level == ScoreLevel.CLUSTER ? "overview.clusters" : "overview.nodes"),
                levels(level),
                facts.lanes().isEmpty() ? Optional.empty() : Optional.of(lanes(level)),
                more(hidden, level),
                hidden > 0 && !all ? Frames.with(visit, "rows", "all") : "",
                selection(),
                moved(),
                facts.nodes().stream().limit(TABLE).map(this::node).toList(),
                facts.latest().stream().map(a -> AnomalyLine.of(a, clock)).toList(),
                anomaliesMore());
    }

    private String headline() {
        Optional<Instant> last =
                facts.newest().stream().map(a -> a.result().windowStart()).findFirst();
        return words.headline(
                new HealthWords.TenantState(wrong.size(), (int) facts.series(), last), clock.now());
    }

    private String lead(List<OverviewView.Cluster> clusters) {
        if (clusters.isEmpty()) {
            return language.say("overview.nothing");
        }
        long loud = wrong.stream().map(OverviewFacts.Wrong::cluster).distinct().count();
        String sentence = quiet(clusters.size() - loud, clusters.size());
        long said = wrong.stream().filter(this::isDrawn).count();
        return said < wrong.size()
                ? sentence + " " + language.say("overview.strangest", said, language.count(said))
                : sentence;
    }

    private String quiet(long quiet, long all) {
        if (all == 1) {
            return language.say(quiet == 1 ? "overview.onlyQuiet" : "overview.only");
        }
        return quiet == all
                ? language.say("overview.allQuiet", language.count(all))
                : language.say(
                        "overview.someQuiet",
                        quiet,
                        language.firstCount(quiet),
                        language.count(all));
    }

    private boolean isDrawn(OverviewFacts.Wrong one) {
        return judged.containsKey(one.worst().lead().id());
    }

    private OverviewView.Situation situation(OverviewFacts.Wrong one) {
        Anomaly anomaly = one.worst();
        long nodes = wrong.stream().filter(other -> other.cluster().equals(one.cluster())).count();
        List<String> meta = new ArrayList<>();
        meta.add(AnomalyLine.kind(anomaly, language));
        meta.add(Clock.span(Duration.between(anomaly.result().windowStart(), clock.now())));
        if (one.series() > 1) {
            meta.add(language.say("overview.metricsOfNode", Figures.whole(one.series())));
        }
        int all = nodesOf.getOrDefault(one.cluster(), (int) nodes);
        meta.add(language.say("overview.ofNodes", Figures.whole(nodes), all, Figures.whole(all)));
        TimeAxis axis = new TimeAxis(look, clock);
        return new OverviewView.Situation(
                ScoreMark.of(anomaly.result().anomalyScore(), language),
                one.cluster(),
                Sentence.of(anomaly, clock),
                String.join(" \u00b7 ", meta),
                Links.anomaly(anomaly),
                Sparkline.of(
                        judged.getOrDefault(anomaly.lead().id(), List.of()),
                        Optional.of(new TimeRange(anomaly.result().windowStart(), look.to())),
                        axis,
                        168,
                        48));
    }

    private SwimLanes lanes(ScoreLevel level) {
        List<SwimLanes.Row> rows = facts.lanes().stream().map(this::row).toList();
        int columns = facts.lanes().getFirst().scores().length;
        float[] tenant =
                facts.overall().isEmpty()
                        ? new float[columns]
                        : facts.overall().getFirst().scores();
        int[] open =
                facts.overall().isEmpty()
                        ? new int[columns]
                        : facts.overall().getFirst().anomalies();
        String whole =
                level == ScoreLevel.CLUSTER
                        ? language.say("overview.overall")
                        : language.many("overview.overallNodes", facts.numNodes());
        SwimLanes.Row overall = new SwimLanes.Row("", whole, "", Scores.wide(tenant), begun);
        return SwimLanes.of(
                new SwimLanes.Subject(overall, rows, open, (int) facts.series()),
                visit.cells(),
                visit.step(),
                clock);
    }

    private SwimLanes.Row row(ScoreQueries.Lane lane) {
        ScorePlace place = lane.place();
        String cluster = place.clusterId().orElse("");
        long alarms =
                facts.begun().stream()
                        .filter(a -> a.clusterId().equals(cluster))
                        .filter(a -> place.nodeId().map(a.nodeId()::equals).orElse(true))
                        .count();
        return place.nodeId()
                .map(node ->
                        new SwimLanes.Row(
                                cluster,
                                node,
                                Links.node(cluster, node, visit.window().query()),
                                Scores.wide(lane.scores()),
                                begun.part(alarms)))
                .orElseGet(() ->
                        new SwimLanes.Row(
                                "",
                                cluster,
                                Links.cluster(cluster),
                                Scores.wide(lane.scores()),
                                begun.part(alarms)));
    }

    private List<WatchStrip.Choice> levels(ScoreLevel level) {
        return List.of(
                new WatchStrip.Choice(
                        language.say("overview.cluster"),
                        Frames.with(visit, "level", "cluster"),
                        level == ScoreLevel.CLUSTER),
                new WatchStrip.Choice(
                        language.say("overview.node"),
                        Frames.with(visit, "level", "node"),
                        level == ScoreLevel.NODE));
    }

    private int lanesThereAre(ScoreLevel level) {
        return level == ScoreLevel.CLUSTER ? facts.clusters().size() : facts.numNodes();
    }

    private String more(int hidden, ScoreLevel level) {
        if (hidden <= 0) {
            return "";
        }
        double next =
                level == ScoreLevel.NODE && facts.nodes().size() > facts.lanes().size()
                        ? facts.nodes().get(facts.lanes().size()).score()
                        : facts.lanes().getLast().peak();
        return language.say(
                "overview.more",
                Figures.whole(hidden),
                language.score(Math.ceil(next * 100) / 100));
    }

    private String selection() {
        return visit.window().live()
                ? language.say("overview.in." + visit.window().length().code())
                : clock.dayTime(visit.window().range().from())
                        + " \u2013 "
                        + clock.dayTime(visit.window().end());
    }

    private String moved() {
        long moved = facts.begun().stream().flatMap(a -> a.lead().stream()).distinct().count();
        return language.say(
                "overview.moved", begun.part(moved).text(), Figures.whole(facts.series()));
    }

    private OverviewView.Node node(ScoreQueries.Ranked ranked) {
        String cluster = ranked.place().clusterId().orElse("");
        String node = ranked.place().nodeId().orElse("");
        Instant first =
                facts.begun().stream()
                        .filter(a -> a.nodeId().equals(node))
                        .filter(a -> a.clusterId().equals(cluster))
                        .map(AnomalyQueries.Begun::windowStart)
                        .min(Instant::compareTo)
                        .orElse(ranked.worstAt());
        return new OverviewView.Node(
                node,
                cluster,
                Links.node(cluster, node, visit.window().query()),
                ScoreMark.of(ranked.score(), language),
                language.say(
                        "overview.off",
                        Figures.whole(ranked.numAnomaliesDetected()),
                        Figures.whole(ranked.numMetricsAnalyzed())),
                ranked.leadingMetric().orElse(""),
                clock.at(first));
    }

    private String anomaliesMore() {
        long more = begun.count() - TABLE;
        return more > 0 ? language.say("overview.moreAnomalies", begun.part(more).text()) : "";
    }
}
