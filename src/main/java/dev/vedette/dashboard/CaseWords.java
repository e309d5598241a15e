package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.explanation.ValueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is said of one anomaly beside its explanation.
 *
 * @param result the anomaly
 * @param figures how its values are written
 * @param limits what its values can be
 * @param clock the reader's
 */
record CaseWords(AnomalyResult result, Figures figures, ValueLimits limits, Clock clock) {
    private static final Set<String> CHANNELS =
            Set.of(
                    "point",
                    "level",
                    "season",
                    "forecast",
                    "novelty",
                    "shape",
                    "flat",
                    "record",
                    "joint",
                    "metrics",
                    "peers");

    /** The finding, short enough to be said over the phone. */
    String headline(String metric, String node) {
        boolean up = result.observed() >= result.expected();
        String key =
                switch (result.kind()) {
                    case TREND, LEVEL_SHIFT -> up ? ".up" : ".down";
                    case JOINT, PEER -> result.open() ? ".open" : ".closed";
                    default -> "";
                };
        return say(
                "case." + result.kind().label() + key,
                metric,
                node,
                clock.at(result.windowStart()));
    }

    private String say(String key, Object... arguments) {
        return clock.language().say(key, arguments);
    }

    /** Facts beside the score. */
    List<String> meta(Anomaly anomaly) {
        List<String> meta = new ArrayList<>();
        meta.add(AnomalyLine.kind(anomaly, clock.language()));
        meta.add(say(result.open() ? "case.open" : "case.lasted", Clock.span(lasted())));
        meta.add(say("case.confidence", clock.language().score(result.confidence())));
        meta.add(say("case.engine", anomaly.engine()));
        return meta;
    }

    private Duration lasted() {
        Instant end = result.open() ? clock.now() : result.windowEnd();
        return Duration.between(result.windowStart(), end);
    }

    /** Lines of the chart. */
    List<BandChart.Moment> moments() {
        List<BandChart.Moment> moments = new ArrayList<>();
        moments.add(
                new BandChart.Moment(
                        result.windowStart(),
                        say("case.mark.since", clock.at(result.windowStart()))));
        if (!result.open() && !result.windowEnd().equals(result.windowStart())) {
            moments.add(
                    new BandChart.Moment(
                            result.windowEnd(),
                            say("case.mark.until", clock.at(result.windowEnd()))));
        }
        return moments;
    }

    /** Its kind and how much of it was strange. */
    String what(List<Judged> points) {
        long inside =
                points.stream()
                        .filter(p -> p.at() >= result.windowStart().toEpochMilli())
                        .filter(p -> p.at() <= result.windowEnd().toEpochMilli())
                        .count();
        long outside =
                points.stream()
                        .filter(p -> p.at() >= result.windowStart().toEpochMilli())
                        .filter(p -> p.at() <= result.windowEnd().toEpochMilli())
                        .filter(p ->
                                p.hasBand() && (p.value() > p.upper() || p.value() < p.lower()))
                        .count();
        String kind = Words.sentence(say("kind." + result.kind().label())) + ". ";
        if (result.kind() == AnomalyKind.MISSING) {
            return kind + say("case.notCome", Figures.whole(result.points()));
        }
        if (inside == 0) {
            return kind + say("case.strange", Figures.whole(result.points()));
        }
        return kind
                + (outside == inside
                        ? say("case.allOutside", inside, Figures.whole(inside))
                        : say(
                                "case.someOutside",
                                Figures.whole(outside),
                                inside,
                                Figures.whole(inside)));
    }

    /** What it is compared with. */
    String against() {
        if (result.kind() == AnomalyKind.MISSING) {
            return say("case.against.missing");
        }
        if (result.kind() == AnomalyKind.JOINT) {
            return say(
                    "case.against.joint",
                    figures.number(result.observed()),
                    figures.number(result.upper()));
        }
        if (result.kind() == AnomalyKind.PEER) {
            return say(
                    "case.against.peer",
                    figures.range(result.lower(), result.upper()),
                    figures.number(result.expected()));
        }
        return Double.isFinite(result.lower()) && Double.isFinite(result.upper())
                ? say(
                        "case.against.band",
                        figures.range(
                                limits.lower(result.lower(), result.upper()),
                                limits.upper(result.lower(), result.upper())),
                        figures.number(result.expected()))
                : say("case.against.few");
    }

    /** When it began and how long it lasted. */
    String since() {
        String start = clock.at(result.windowStart());
        return result.open()
                ? say("case.since.open", start, Clock.span(lasted()))
                : say("case.since", start, clock.at(result.windowEnd()), Clock.span(lasted()));
    }

    /** How sure, and why. */
    String sure() {
        String sure = clock.language().score(result.confidence()) + ". ";
        String readings = clock.language().count(result.points());
        return sure
                + (result.points() < 3
                        ? say("case.sure.few", result.points(), readings)
                        : say("case.sure", Words.sentence(readings), distance()));
    }

    // magnitude is d/(1+d), d the distance in widths of the usual range
    private String distance() {
        double widths = result.magnitude() / Math.max(1e-9, 1 - result.magnitude());
        return new Figures(1, widths < 10 ? 1 : 0, "").in(clock.language()).number(widths);
    }

    /** What happened when. */
    List<AnomalyView.Step> story() {
        List<AnomalyView.Step> story = new ArrayList<>();
        story.add(new AnomalyView.Step(clock.at(result.windowStart()), say("case.begins"), true));
        boolean hasPeak = result.kind() != AnomalyKind.MISSING;
        if (hasPeak && result.peakAt().isAfter(result.windowStart())) {
            story.add(
                    new AnomalyView.Step(
                            clock.at(result.peakAt()),
                            say("case.strongest", figures.withUnit(result.observed())),
                            false));
        }
        story.add(
                result.open()
                        ? new AnomalyView.Step(clock.at(clock.now()), say("case.goesOn"), false)
                        : new AnomalyView.Step(
                                clock.at(result.windowEnd()), say("case.over"), true));
        return story;
    }

    /** What an evidence channel is called. */
    String channel(String name) {
        return CHANNELS.contains(name)
                ? say("channel." + name)
                : Words.sentence(name.replace('_', ' '));
    }
}
