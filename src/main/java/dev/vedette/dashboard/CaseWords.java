package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said of one anomaly beside its explanation.
 *
 * @param result the anomaly
 * @param figures how its values are written
 * @param clock the reader's
 */
record CaseWords(AnomalyResult result, Figures figures, Clock clock) {
    /** The finding, short enough to be said over the phone. */
    String headline(String metric, String node) {
        String since = clock.at(result.windowStart());
        boolean up = result.observed() >= result.expected();
        String place = metric + " on " + node;
        return switch (result.kind()) {
            case SPIKE -> place + " jumped at " + since + ".";
            case DIP -> place + " fell at " + since + ".";
            case TREND ->
                    place
                            + (up ? " has been climbing since " : " has been sinking since ")
                            + since
                            + ".";
            case LEVEL_SHIFT ->
                    place + (up ? " stepped up at " : " stepped down at ") + since + ".";
            case VARIANCE -> place + " has been swinging since " + since + ".";
            case SEASONAL -> place + " left its daily course at " + since + ".";
            case FLATLINE -> place + " stopped moving at " + since + ".";
            case MISSING -> place + " fell silent at " + since + ".";
            case NORMAL -> place + " was strange at " + since + ".";
            case JOINT ->
                    node
                            + (result.open()
                                    ? " as a whole has been unlike its usual since "
                                    : " as a whole was unlike its usual at ")
                            + since
                            + ".";
        };
    }

    /** Facts beside the score. */
    List<String> meta(Anomaly anomaly) {
        List<String> meta = new ArrayList<>();
        meta.add(AnomalyLine.kind(anomaly));
        meta.add((result.open() ? "open " : "lasted ") + Clock.span(lasted()));
        meta.add("sure " + Figures.SCORE.number(result.confidence()));
        meta.add(anomaly.engine() + " engine");
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
                        result.windowStart(), "since " + clock.at(result.windowStart())));
        if (!result.open() && !result.windowEnd().equals(result.windowStart())) {
            moments.add(
                    new BandChart.Moment(
                            result.windowEnd(), "until " + clock.at(result.windowEnd())));
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
        String kind = Words.sentence(result.kind().label().replace('_', ' ')) + ". ";
        if (result.kind() == AnomalyKind.MISSING) {
            return kind + Figures.whole(result.points()) + " readings did not come.";
        }
        if (inside == 0) {
            return kind + "It has " + Figures.whole(result.points()) + " strange readings.";
        }
        String readings = inside == 1 ? " reading" : " readings";
        return outside == inside
                ? kind + "All " + Figures.whole(inside) + readings + " lie outside the band."
                : kind
                        + Figures.whole(outside)
                        + " of "
                        + Figures.whole(inside)
                        + readings
                        + " lie outside the band.";
    }

    /** What it is compared with. */
    String against() {
        if (result.kind() == AnomalyKind.MISSING) {
            return "How often it usually sends, and its longest usual pause.";
        }
        if (result.kind() == AnomalyKind.JOINT) {
            return "All metrics of the node together: how far they are from what they usually do"
                    + " together, "
                    + figures.number(result.observed())
                    + " where up to "
                    + figures.number(result.upper())
                    + " is usual.";
        }
        return Double.isFinite(result.lower()) && Double.isFinite(result.upper())
                ? figures.range(result.lower(), result.upper())
                        + ", middle "
                        + figures.number(result.expected())
                        + ": what this series usually does at this time of day."
                : "Too few points to know what is usual.";
    }

    /** When it began and how long it lasted. */
    String since() {
        String start = clock.at(result.windowStart());
        return result.open()
                ? start + ", " + Clock.span(lasted()) + " ago; it goes on."
                : start
                        + " until "
                        + clock.at(result.windowEnd())
                        + ", "
                        + Clock.span(lasted())
                        + ".";
    }

    /** How sure, and why. */
    String sure() {
        String sure = Figures.SCORE.number(result.confidence()) + ". ";
        if (result.points() < 3) {
            return sure
                    + "Only "
                    + Words.count(result.points())
                    + (result.points() == 1 ? " reading" : " readings")
                    + " so far.";
        }
        return sure
                + Words.sentence(Words.count(result.points()))
                + " strange readings, the strongest "
                + distance()
                + ".";
    }

    // magnitude is d/(1+d), d the distance in widths of the usual range
    private String distance() {
        double widths = result.magnitude() / Math.max(1e-9, 1 - result.magnitude());
        return new Figures(1, widths < 10 ? 1 : 0, "").number(widths)
                + " widths of the band away from its middle";
    }

    /** What happened when. */
    List<AnomalyView.Step> story() {
        List<AnomalyView.Step> story = new ArrayList<>();
        story.add(new AnomalyView.Step(clock.at(result.windowStart()), "it begins", true));
        boolean hasPeak = result.kind() != AnomalyKind.MISSING;
        if (hasPeak && result.peakAt().isAfter(result.windowStart())) {
            story.add(
                    new AnomalyView.Step(
                            clock.at(result.peakAt()),
                            "strongest: " + figures.withUnit(result.observed()),
                            false));
        }
        story.add(
                result.open()
                        ? new AnomalyView.Step(clock.at(clock.now()), "it goes on", false)
                        : new AnomalyView.Step(clock.at(result.windowEnd()), "it is over", true));
        return story;
    }

    /** What an evidence channel is called. */
    static String channel(String name) {
        return switch (name) {
            case "point" -> "One point alone";
            case "level" -> "The last hours";
            case "season" -> "Time of day";
            case "forecast" -> "The points before";
            case "novelty" -> "A new course";
            case "shape" -> "The way it moves";
            case "flat" -> "No movement";
            case "record" -> "Beyond the last days";
            case "joint" -> "How they go together";
            case "metrics" -> "Each by itself";
            default -> Words.sentence(name.replace('_', ' '));
        };
    }
}
