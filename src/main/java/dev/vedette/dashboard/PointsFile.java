package dev.vedette.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The points of a chart as a file: a row each, with a column for each line beside them. */
final class PointsFile {
    private PointsFile() {}

    static Csv of(List<Judged> points, List<Companion> beside) {
        List<String> columns =
                new ArrayList<>(List.of("time", "value", "expected", "lower", "upper", "score"));
        beside.forEach(one -> columns.add(one.column()));
        Csv csv = new Csv(columns.toArray(String[]::new));
        long[] reaches = beside.stream().mapToLong(Companion::reach).toArray();
        for (Judged point : points) {
            List<Object> row =
                    new ArrayList<>(
                            List.of(
                                    Instant.ofEpochMilli(point.at()),
                                    point.value(),
                                    point.expected(),
                                    point.lower(),
                                    point.upper(),
                                    point.score()));
            for (int i = 0; i < reaches.length; i++) {
                row.add(beside.get(i).at(point.at(), reaches[i]).orElse(Double.NaN));
            }
            csv.row(row);
        }
        return csv;
    }
}
