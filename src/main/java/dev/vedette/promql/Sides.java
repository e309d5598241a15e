package dev.vedette.promql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the two sides of an operator together. */
final class Sides {
    private final int steps;
    private final Expression.Binary binary;

    Sides(int steps, Expression.Binary binary) {
        this.steps = steps;
        this.binary = binary;
    }

    Answer meet(Answer left, Answer right) {
        return switch (left) {
            case Answer.Scalar(double[] l) ->
                    switch (right) {
                        case Answer.Scalar(double[] r) -> new Answer.Scalar(computed(l, r, l));
                        case Answer.Vector(List<Answer.Row> rows) ->
                                vector(rows, row -> computed(l, row.values(), row.values()));
                    };
            case Answer.Vector(List<Answer.Row> rows) ->
                    switch (right) {
                        case Answer.Scalar(double[] r) ->
                                vector(rows, row -> computed(row.values(), r, row.values()));
                        case Answer.Vector(List<Answer.Row> others) ->
                                binary.operator().isOfSets()
                                        ? sets(rows, others)
                                        : matched(rows, others);
                    };
        };
    }

    private boolean filters() {
        return binary.operator().isComparison() && !binary.asNumber();
    }

    // of a comparison that filters, the kept values where it holds
    private double[] computed(double[] left, double[] right, double[] kept) {
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            if (filters()) {
                boolean holds = binary.operator().apply(left[i], right[i]) == 1;
                values[i] = holds ? kept[i] : Double.NaN;
            } else {
                boolean isThere = !Double.isNaN(kept[i]) && !Double.isNaN(right[i]);
                values[i] = isThere ? binary.operator().apply(left[i], right[i]) : Double.NaN;
            }
        }
        return values;
    }

    private Answer.Vector vector(
            List<Answer.Row> rows, java.util.function.Function<Answer.Row, double[]> values) {
        return new Answer.Vector(
                rows.stream()
                        .map(row ->
                                filters()
                                        ? new Answer.Row(row.labels(), values.apply(row))
                                        : row.unnamed(values.apply(row)))
                        .toList());
    }

    private SortedMap<String, String> signature(Answer.Row row) {
        Expression.Matching matching = binary.matching();
        return matching.on()
                ? Answer.Row.only(row.labels(), matching.labels())
                : Answer.Row.without(row.labels(), matching.labels());
    }

    private Answer.Vector matched(List<Answer.Row> left, List<Answer.Row> right) {
        Map<SortedMap<String, String>, Answer.Row> partners = new HashMap<>();
        for (Answer.Row row : right) {
            if (partners.putIfAbsent(signature(row), row) != null) {
                throw many("right", row);
            }
        }
        Set<SortedMap<String, String>> taken = new HashSet<>();
        List<Answer.Row> made = new ArrayList<>();
        for (Answer.Row row : left) {
            SortedMap<String, String> signature = signature(row);
            Answer.Row partner = partners.get(signature);
            if (partner != null) {
                if (!taken.add(signature) && !binary.matching().manyLeft()) {
                    throw many("left", row);
                }
                double[] values = computed(row.values(), partner.values(), row.values());
                made.add(new Answer.Row(labels(row, signature), values));
            }
        }
        return new Answer.Vector(made);
    }

    private SortedMap<String, String> labels(Answer.Row left, SortedMap<String, String> signature) {
        Expression.Matching matching = binary.matching();
        if (matching.manyLeft()) {
            return filters() ? left.labels() : Answer.Row.without(left.labels(), List.of());
        }
        if (filters() && !matching.on()) {
            SortedMap<String, String> named = new TreeMap<>(left.labels());
            named.keySet().removeAll(matching.labels());
            return named;
        }
        return signature;
    }

    private PromQlException many(String side, Answer.Row row) {
        return PromQlException.execution(
                "several series on the "
                        + side
                        + " side have the labels "
                        + signature(row)
                        + "; many-to-many matching not allowed: name the labels that tell them"
                        + " apart with on(…)");
    }

    private Answer.Vector sets(List<Answer.Row> left, List<Answer.Row> right) {
        Map<SortedMap<String, String>, boolean[]> inLeft = present(left);
        Map<SortedMap<String, String>, boolean[]> inRight = present(right);
        boolean[] never = new boolean[steps];
        List<Answer.Row> made = new ArrayList<>();
        for (Answer.Row row : left) {
            boolean[] other = inRight.getOrDefault(signature(row), never);
            made.add(
                    switch (binary.operator()) {
                        case AND -> kept(row, other, true);
                        case UNLESS -> kept(row, other, false);
                        default -> row;
                    });
        }
        if (binary.operator() == BinaryOperator.OR) {
            for (Answer.Row row : right) {
                made.add(kept(row, inLeft.getOrDefault(signature(row), never), false));
            }
        }
        return new Answer.Vector(made);
    }

    private Map<SortedMap<String, String>, boolean[]> present(List<Answer.Row> rows) {
        Map<SortedMap<String, String>, boolean[]> present = new HashMap<>();
        for (Answer.Row row : rows) {
            boolean[] at = present.computeIfAbsent(signature(row), _ -> new boolean[steps]);
            for (int i = 0; i < steps; i++) {
                at[i] |= !Double.isNaN(row.values()[i]);
            }
        }
        return present;
    }

    private Answer.Row kept(Answer.Row row, boolean[] where, boolean is) {
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = where[i] == is ? row.values()[i] : Double.NaN;
        }
        return new Answer.Row(row.labels(), values);
    }
}
