package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.Company;
import dev.vedette.detection.Contribution;
import dev.vedette.detection.engine.AnomalyExplanation;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.explanation.Explainer;
import dev.vedette.explanation.MetricNames;
import dev.vedette.explanation.ValueLimits;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the page of one anomaly from what surrounds it. */
final class AnomalyMaker {
    private static final double THRESHOLD = ScoreMark.WARNING;

    /** What became strange within this time of it moved with it. */
    private static final Duration TOGETHER = Duration.ofMinutes(10);

    private final AnomalyReader.Surroundings around;
    private final FeedbackCorner feedback;
    private final Anomaly anomaly;
    private final Series lead;
    private final AnomalyResult result;
    private final SeriesKey key;
    private final Clock clock;
    private final Language language;
    private final TimeAxis axis;
    private final List<Judged> points;
    private final Figures figures;
    private final AnomalyExplanation explanation;
    private final CaseWords words;

    AnomalyMaker(Visit visit, AnomalyReader.Surroundings around, FeedbackCorner feedback) {
        this.around = around;
        this.feedback = feedback;
        this.anomaly = around.anomaly();
        this.lead = anomaly.lead();
        this.result = anomaly.result();
        this.key = lead.key();
        this.clock = visit.clock();
        this.language = visit.language();
        this.axis = new TimeAxis(around.range(), clock);
        this.points = points(lead);
        this.figures = SeriesFigures.of(lead, points, language);
        this.explanation = explained();
        this.words =
                new CaseWords(
                        result,
                        compared(),
                        isOfNode() ? ValueLimits.NONE : ValueLimits.of(lead.unit()),
                        clock);
    }

    AnomalyView view() {
        Optional<TimeRange> strange =
                Optional.of(new TimeRange(result.windowStart(), result.windowEnd()));
        return new AnomalyView(
                key.clusterId(),
                key.nodeId(),
                key.metricName(),
                Links.cluster(key.clusterId()),
                Links.node(key.clusterId(), key.nodeId(), ""),
                Links.series(lead, ""),
                around.incident().map(Links::incident).orElse(""),
                words.headline(
                        isOfNode() ? language.say("case.everything") : metric(), key.nodeId()),
                ScoreMark.of(result.anomalyScore(), language),
                words.meta(anomaly),
                language.say(isOfNode() ? "case.chart.node" : "case.chart", metric()),
                BandChart.of(
                        new BandChart.Subject(
                                points,
                                strange,
                                words.moments(),
                                figures,
                                SeriesFigures.startsAtZero(lead)),
                        axis,
                        explanation.text()),
                ScoreStrip.of(points, axis, THRESHOLD),
                sentence(),
                words.what(isOfNode() ? List.of() : points),
                words.against(),
                words.since(),
                words.sure(),
                evidence(),
                ScoreMark.of(result.anomalyScore(), language),
                language.say(beside("case.together")),
                words.story(),
                language.say("case.siblings", metric(), key.clusterId()),
                siblings(),
                language.say("case.moved", key.nodeId()),
                moved(),
                Links.moved(new TimeRange(result.windowStart(), end())),
                feedback);
    }

    private Instant end() {
        Instant end = result.open() ? clock.now() : result.windowEnd();
        return end.isAfter(result.windowStart()) ? end : result.windowStart().plusSeconds(1);
    }

    private String metric() {
        return new MetricNames(language.words()).of(key.metricName(), key.labels());
    }

    private List<Judged> points(Series series) {
        return around.judged().getOrDefault(series.id(), List.of());
    }

    private AnomalyExplanation explained() {
        Explainer explainer = new Explainer(language.words());
        if (points.isEmpty() || isOfNode()) {
            return explainer.explain(anomaly, clock.zone());
        }
        MetricSeries series =
                new MetricSeries(
                        key,
                        points.stream().mapToLong(Judged::at).toArray(),
                        points.stream().mapToDouble(Judged::value).toArray(),
                        lead.unit().map(u -> Map.of("unit", u)).orElse(Map.of()));
        return explainer.explain(series, result, clock.zone());
    }

    private String sentence() {
        List<SeriesKey> company =
                around.moved().stream()
                        .filter(one -> !isOfNode() && one.score() >= THRESHOLD)
                        .filter(one -> after(one).abs().compareTo(TOGETHER) <= 0)
                        .map(one -> one.series().key())
                        .toList();
        return new Explainer(language.words())
                .withCompany(explanation.text(), anomaly.place(), Company.of(company));
    }

    private List<AnomalyView.Evidence> evidence() {
        List<AnomalyView.Evidence> evidence = new ArrayList<>();
        explanation
                .evidence()
                .forEach(e ->
                        evidence.add(
                                new AnomalyView.Evidence(
                                        words.channel(e.name()),
                                        e.seen(),
                                        ScoreMark.of(e.strength(), language))));
        for (Contribution part : anomaly.contributions()) {
            evidence.add(
                    new AnomalyView.Evidence(
                            new MetricNames(language.words()).of(part.metricName(), part.labels()),
                            language.say(beside("case.part"), language.percent(part.share(), 0)),
                            ScoreMark.of(part.share(), language)));
        }
        return evidence;
    }

    /** The text's key where a node is compared with its peers instead of its own past. */
    private String beside(String key) {
        return result.kind() == AnomalyKind.PEER ? key + ".peer" : key;
    }

    /** How what is compared is written: values of a metric, or how strange a node is. */
    private Figures compared() {
        if (result.kind() == AnomalyKind.PEER) {
            double largest = Math.max(Math.abs(result.observed()), Math.abs(result.upper()));
            return Figures.of(anomaly.unit(), largest).in(language);
        }
        return isOfNode() ? Figures.SCORE.in(language) : figures;
    }

    private boolean isOfNode() {
        return anomaly.place().series().isEmpty();
    }

    private List<AnomalyView.Sibling> siblings() {
        if (around.siblings().isEmpty()) {
            return List.of();
        }
        List<AnomalyReader.Scored> all = new ArrayList<>();
        all.add(new AnomalyReader.Scored(lead, result.anomalyScore(), result.peakAt()));
        all.addAll(around.siblings());
        double[] bounds = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (AnomalyReader.Scored one : all) {
            double[] own = Sparkline.bounds(points(one.series()));
            bounds[0] = Math.min(bounds[0], own[0]);
            bounds[1] = Math.max(bounds[1], own[1]);
        }
        return all.stream().map(one -> sibling(one, bounds)).toList();
    }

    private AnomalyView.Sibling sibling(AnomalyReader.Scored one, double[] bounds) {
        boolean self = one.series().id().equals(lead.id());
        SeriesKey there = one.series().key();
        return new AnomalyView.Sibling(
                there.nodeId(),
                Links.series(one.series(), ""),
                ScoreMark.of(one.score(), language),
                Sparkline.of(
                        points(one.series()),
                        StrangeStretch.of(points(one.series())),
                        axis,
                        220,
                        64,
                        bounds),
                self
                        ? language.say("case.thisOne")
                        : one.score() < THRESHOLD ? language.say("case.inside") : when(one));
    }

    private List<AnomalyView.Moved> moved() {
        return around.moved().stream()
                .map(one ->
                        new AnomalyView.Moved(
                                one.series().key().metricName(),
                                Links.series(one.series(), ""),
                                ScoreMark.of(one.score(), language),
                                Sparkline.of(
                                        points(one.series()),
                                        StrangeStretch.of(points(one.series())),
                                        axis,
                                        320,
                                        28),
                                change(one.series()),
                                when(one)))
                .toList();
    }

    // Against its own usual value at its strangest point, in percent.
    private String change(Series series) {
        return points(series).stream()
                .filter(Judged::hasBand)
                .max(java.util.Comparator.comparingDouble(Judged::score))
                .filter(p -> Math.abs(p.expected()) > 1e-9)
                .map(p -> (p.value() - p.expected()) / Math.abs(p.expected()))
                .map(share -> (share > 0 ? "+" : "") + language.percent(share, 0))
                .orElse("");
    }

    private Duration after(AnomalyReader.Scored one) {
        Instant moved =
                StrangeStretch.of(points(one.series())).map(TimeRange::from).orElse(one.worstAt());
        return Duration.between(result.windowStart(), moved);
    }

    private String when(AnomalyReader.Scored one) {
        Duration after = after(one);
        if (after.abs().toMinutes() < 1) {
            return language.say("case.sameTime");
        }
        return language.say(
                after.isNegative() ? "case.earlier" : "case.later", Clock.span(after.abs()));
    }
}
