package dev.vedette.dashboard;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.DetectorState;
import dev.vedette.explanation.MetricNames;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the page of one series from what is known of it. */
final class SeriesMaker {
    private SeriesMaker() {}

    static SeriesView view(Visit visit, SeriesReader.Parts parts, List<FeedbackCorner> feedback) {
        Series series = parts.series();
        Clock clock = visit.clock();
        Language language = visit.language();
        TimeAxis axis = new TimeAxis(visit.window().range(), clock);
        List<Judged> points = parts.points();
        List<Anomaly> found = parts.anomalies();
        Figures figures = SeriesFigures.of(series, points, language);
        double peak = points.stream().mapToDouble(Judged::score).max().orElse(0);
        Optional<TimeRange> strange =
                found.stream()
                        .findFirst()
                        .map(a -> new TimeRange(a.result().windowStart(), a.result().windowEnd()));
        String headline =
                found.isEmpty()
                        ? language.say(
                                "series.quiet",
                                new MetricNames(language.words())
                                        .of(series.key().metricName(), series.key().labels()),
                                series.key().nodeId())
                        : Sentence.of(found.getFirst(), clock).text();
        List<String> meta = new ArrayList<>();
        meta.add(
                points.isEmpty()
                        ? language.say("series.noneInWindow")
                        : language.say("series.now", figures.withUnit(points.getLast().value())));
        parts.detector().flatMap(one -> learning(one, clock)).ifPresent(meta::add);
        return new SeriesView(
                series.key().clusterId(),
                series.key().nodeId(),
                NodeMaker.name(series.key()),
                Links.node(series.key().clusterId(), series.key().nodeId(), visit.window().query()),
                headline,
                ScoreMark.of(peak, language),
                meta,
                BandChart.of(
                        new BandChart.Subject(
                                points,
                                strange,
                                moments(parts.events()),
                                figures,
                                SeriesFigures.startsAtZero(series),
                                parts.beside().lines()),
                        axis,
                        finding(headline, parts.beside(), language)),
                switches(visit, parts.asked()),
                rest(parts, language),
                happened(parts, clock),
                ScoreStrip.of(points, axis, ScoreMark.WARNING),
                found.stream().map(a -> AnomalyLine.of(a, clock)).toList(),
                parts.why(),
                feedback,
                Links.pointsFile(series, visit.window().query(), parts.asked()),
                Links.anomaliesFile(
                        series.key().clusterId(),
                        series.key().nodeId(),
                        Optional.of(series.key().metricName()),
                        visit.window().query()),
                AsCode.ofSeries(visit, series.key(), ScoreMark.WARNING));
    }

    private static Optional<String> learning(DetectorState detector, Clock clock) {
        String key = detector.siblings() > 0 ? "series.learningFrom" : "series.learning";
        return detector.warmAt()
                .map(at -> clock.language().say(key, clock.at(at), detector.siblings()));
    }

    private static List<SeriesView.Switch> switches(Visit visit, Beside asked) {
        return List.of(
                change(visit, Beside.COMPARE, Beside.WEEK, "beside.week", asked.week()),
                change(visit, Beside.SIBLINGS, Beside.ON, "beside.siblings", asked.siblings()),
                change(visit, Beside.EVENTS, Beside.ON, "beside.events", asked.events()));
    }

    // The chart has a number for each, the list under it says what they stand for.
    private static List<BandChart.Moment> moments(List<SeriesEvents.Event> events) {
        List<BandChart.Moment> moments = new ArrayList<>();
        for (SeriesEvents.Event one : events) {
            moments.add(new BandChart.Moment(one.at(), Integer.toString(moments.size() + 1)));
        }
        return moments;
    }

    private static List<SeriesView.Happened> happened(SeriesReader.Parts parts, Clock clock) {
        if (parts.asked().events() && parts.events().isEmpty()) {
            return List.of(new SeriesView.Happened("", clock.language().say("event.none")));
        }
        return parts.events().stream()
                .map(one -> new SeriesView.Happened(clock.at(one.at()), one.text()))
                .toList();
    }

    private static SeriesView.Switch change(
            Visit visit, String name, String value, String words, boolean on) {
        return new SeriesView.Switch(
                "beside-" + name,
                visit.language().say(words),
                on ? Frames.without(visit, name) : Frames.with(visit, name, value),
                on);
    }

    // Nothing while siblings are not asked for; else whether there are more than the chart shows.
    private static String rest(SeriesReader.Parts parts, Language language) {
        Companions.Found beside = parts.beside();
        if (!parts.asked().siblings()) {
            return "";
        }
        if (beside.lines().stream().allMatch(one -> one.href().isEmpty())) {
            return language.say("beside.alone", parts.series().key().clusterId());
        }
        return beside.rest() == 0
                ? ""
                : language.say(
                        beside.rest() >= Companions.KNOWN - Companions.MOST - 1
                                ? "beside.restAtLeast"
                                : "beside.rest",
                        beside.rest(),
                        Figures.whole(beside.rest()));
    }

    private static String finding(String headline, Companions.Found beside, Language language) {
        return beside.lines().isEmpty()
                ? headline
                : headline
                        + " "
                        + language.say(
                                "beside.finding",
                                beside.lines().stream()
                                        .map(Companion::name)
                                        .collect(Collectors.joining(", ")));
    }
}
