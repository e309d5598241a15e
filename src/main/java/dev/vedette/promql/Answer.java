package dev.vedette.promql;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an expression is worth at each step. */
public sealed interface Answer {
    /**
     * One number at each step.
     *
     * @param values one per step
     */
    @SuppressWarnings("ArrayRecordComponent") // a column, compared nowhere
    record Scalar(double[] values) implements Answer {}

    /** Series, at most one of the same labels. */
    record Vector(List<Row> rows) implements Answer {
        /** Copies the list. */
        public Vector {
            rows = List.copyOf(rows);
        }
    }

    /**
     * The values of one series.
     *
     * @param labels of the series
     * @param values one per step; NaN: none at that step
     */
    @SuppressWarnings("ArrayRecordComponent") // a column, compared nowhere
    record Row(SortedMap<String, String> labels, double[] values) {
        /** The same values of what is no longer the metric itself. */
        Row unnamed(double[] others) {
            return new Row(without(labels, List.of()), others);
        }

        /** Rows of the same labels as one; those without any value left out. */
        static List<Row> merged(List<Row> rows) {
            Map<SortedMap<String, String>, Row> merged = new LinkedHashMap<>();
            for (Row row : rows) {
                if (Arrays.stream(row.values).anyMatch(value -> !Double.isNaN(value))) {
                    merged.merge(row.labels, row, Row::with);
                }
            }
            return List.copyOf(merged.values());
        }

        // "or" gives one series from two sides, never at the same step
        private Row with(Row other) {
            double[] both = values.clone();
            for (int i = 0; i < both.length; i++) {
                if (!Double.isNaN(both[i]) && !Double.isNaN(other.values[i])) {
                    throw PromQlException.execution(
                            "vector cannot contain metrics with the same labelset: " + labels);
                }
                both[i] = Double.isNaN(both[i]) ? other.values[i] : both[i];
            }
            return new Row(labels, both);
        }

        /** Those labels without the name and without some. */
        static SortedMap<String, String> without(Map<String, String> labels, List<String> some) {
            SortedMap<String, String> fewer = new TreeMap<>(labels);
            fewer.remove(LabelMatcher.NAME);
            fewer.keySet().removeAll(some);
            return fewer;
        }

        /** Only some of those labels. */
        static SortedMap<String, String> only(Map<String, String> labels, List<String> some) {
            SortedMap<String, String> fewer = new TreeMap<>(labels);
            fewer.keySet().retainAll(some);
            return fewer;
        }
    }
}
