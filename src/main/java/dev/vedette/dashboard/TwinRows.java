package dev.vedette.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The lines of a band chart's table twin: every so many points, the last one always. */
final class TwinRows {
    private static final int MOST = 120;

    private TwinRows() {}

    static List<BandChart.Row> of(BandChart.Subject subject, Clock clock) {
        List<Judged> points = subject.points();
        long[] reaches = subject.beside().stream().mapToLong(Companion::reach).toArray();
        Figures figures = subject.figures();
        int every = Math.max(1, points.size() / MOST);
        List<BandChart.Row> rows = new ArrayList<>();
        for (int i = (points.size() - 1) % every; i >= 0 && i < points.size(); i += every) {
            Judged point = points.get(i);
            rows.add(
                    new BandChart.Row(
                            clock.at(Instant.ofEpochMilli(point.at())),
                            figures.withUnit(point.value()),
                            point.hasBand()
                                    ? figures.range(point.lower(), point.upper())
                                    : clock.language().say("chart.learning"),
                            ScoreMark.of(Math.clamp(point.score(), 0, 1), clock.language()),
                            beside(subject, reaches, point.at())));
        }
        return rows;
    }

    private static List<String> beside(BandChart.Subject subject, long[] reaches, long at) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < reaches.length; i++) {
            OptionalDouble value = subject.beside().get(i).at(at, reaches[i]);
            values.add(value.isPresent() ? subject.figures().withUnit(value.getAsDouble()) : "");
        }
        return values;
    }
}
