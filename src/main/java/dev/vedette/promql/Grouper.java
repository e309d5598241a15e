package dev.vedette.promql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Aggregates rows by their labels. */
final class Grouper {
    private final int steps;

    Grouper(int steps) {
        this.steps = steps;
    }

    Answer.Vector aggregate(
            Expression.Aggregate call, List<Answer.Row> rows, Optional<double[]> parameter) {
        Map<SortedMap<String, String>, List<Answer.Row>> groups = new LinkedHashMap<>();
        for (Answer.Row row : rows) {
            SortedMap<String, String> key =
                    call.without()
                            ? Answer.Row.without(row.labels(), call.labels())
                            : Answer.Row.only(row.labels(), call.labels());
            groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        List<Answer.Row> made = new ArrayList<>();
        groups.forEach((labels, members) -> {
            if (parameter.isPresent()) {
                made.addAll(chosen(call.aggregation(), members, parameter.get()));
            } else {
                made.add(new Answer.Row(labels, values(call.aggregation(), members)));
            }
        });
        return new Answer.Vector(made);
    }

    private double[] values(Aggregation aggregation, List<Answer.Row> members) {
        double[] values = new double[steps];
        double[] present = new double[members.size()];
        for (int step = 0; step < steps; step++) {
            int count = 0;
            for (Answer.Row row : members) {
                if (!Double.isNaN(row.values()[step])) {
                    present[count++] = row.values()[step];
                }
            }
            values[step] = count == 0 ? Double.NaN : aggregation.of(present, count);
        }
        return values;
    }

    private List<Answer.Row> chosen(
            Aggregation aggregation, List<Answer.Row> members, double[] most) {
        List<Answer.Row> chosen =
                members.stream()
                        .map(row -> {
                            double[] none = new double[steps];
                            Arrays.fill(none, Double.NaN);
                            return new Answer.Row(row.labels(), none);
                        })
                        .toList();
        for (int step = 0; step < steps; step++) {
            int at = step;
            Comparator<Integer> bySize =
                    Comparator.comparingDouble(i -> members.get(i).values()[at]);
            java.util.stream.IntStream.range(0, members.size())
                    .filter(i -> !Double.isNaN(members.get(i).values()[at]))
                    .boxed()
                    .sorted(aggregation == Aggregation.TOPK ? bySize.reversed() : bySize)
                    .limit(Math.max(0, (long) most[at]))
                    .forEach(i -> chosen.get(i).values()[at] = members.get(i).values()[at]);
        }
        return chosen;
    }
}
