package dev.vedette.dashboard;

import dev.vedette.aggregation.HealthWords;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.engine.AnomalyResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clusters with their scores and the words behind them, strangest first.
 *
 * @param facts of the overview
 * @param clock the reader's
 * @param words of health
 * @param wrong the nodes on which something is wrong, strangest first
 * @param nodesOf how many nodes each cluster has
 */
record ClusterRows(
        OverviewFacts facts,
        Clock clock,
        HealthWords words,
        List<OverviewFacts.Wrong> wrong,
        Map<String, Integer> nodesOf) {
    private static final int DAY = (int) Duration.ofDays(1).dividedBy(OverviewReader.TREND_STEP);

    /** Two steps without a score are a pause, more are silence. */
    private static final int PAUSE = 2;

    List<OverviewView.Cluster> rows() {
        return facts.clusters().stream()
                .map(this::row)
                .sorted(
                        Comparator.comparingDouble(
                                        (OverviewView.Cluster row) -> -row.score().score())
                                .thenComparing(OverviewView.Cluster::name))
                .toList();
    }

    private OverviewView.Cluster row(ScoreQueries.Lane lane) {
        String name = lane.place().clusterId().orElse("");
        float[] scores = lane.scores();
        double now = Scores.last(scores, PAUSE);
        double[] day = Scores.wide(Arrays.copyOfRange(scores, scores.length - DAY, scores.length));
        if (name.equals(AnomalySource.PAYMENTS)) {
            return payments(name, Double.isNaN(now) ? 0 : now, day);
        }
        boolean silent = Double.isNaN(now);
        return new OverviewView.Cluster(
                name,
                words.cluster(state(name, scores, silent), clock.now()),
                TrendLine.of(day),
                silent ? ScoreMark.silent(clock.language()) : ScoreMark.of(now, clock.language()),
                silent ? "" : change(now, scores));
    }

    // Payments are scored when one was flagged: no score is no silence, and no change.
    private OverviewView.Cluster payments(String name, double now, double[] day) {
        return new OverviewView.Cluster(
                name,
                words.payments(nodesOf.getOrDefault(name, 0)),
                TrendLine.of(day),
                ScoreMark.of(now, clock.language()),
                "");
    }

    private String change(double now, float[] scores) {
        int before = scores.length - 1 - DAY;
        return before < 0 || Float.isNaN(scores[before])
                ? clock.language().say("overview.newToday")
                : Figures.change(now - scores[before], clock.language());
    }

    private HealthWords.ClusterState state(String name, float[] scores, boolean silent) {
        List<OverviewFacts.Wrong> here =
                wrong.stream().filter(one -> one.cluster().equals(name)).toList();
        int nodes = Math.max(nodesOf.getOrDefault(name, 1), here.size());
        int series = Math.max(1, facts.seriesOfClusters().getOrDefault(name, 1));
        return new HealthWords.ClusterState(
                nodes,
                here.size(),
                here.stream().findFirst().map(ClusterRows::finding),
                series,
                Scores.lastIndex(scores) < 0 ? 0 : series,
                silent ? silentSince(scores) : Optional.empty());
    }

    private Optional<Instant> silentSince(float[] scores) {
        int last = Scores.lastIndex(scores);
        long steps = scores.length - 1L - last;
        return last < 0
                ? Optional.empty()
                : Optional.of(clock.now().minus(OverviewReader.TREND_STEP.multipliedBy(steps)));
    }

    private static HealthWords.Finding finding(OverviewFacts.Wrong wrong) {
        AnomalyResult result = wrong.worst().result();
        return new HealthWords.Finding(
                result.kind(),
                wrong.worst().place().metricName().orElse(""),
                wrong.worst().place().nodeId(),
                result.observed() >= result.expected());
    }
}
