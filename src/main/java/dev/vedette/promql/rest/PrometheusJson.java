package dev.vedette.promql.rest;

import dev.vedette.promql.Answer;
import dev.vedette.promql.Samples;
import dev.vedette.promql.Steps;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The data of answers, as Prometheus writes them. */
final class PrometheusJson {
    private PrometheusJson() {}

    /** The answer at one moment. */
    static Map<String, Object> instant(Answer answer, Steps moment) {
        return switch (answer) {
            case Answer.Scalar(double[] values) -> data("scalar", sample(moment.at(0), values[0]));
            case Answer.Vector(List<Answer.Row> rows) ->
                    data(
                            "vector",
                            rows.stream()
                                    .map(row ->
                                            Map.of(
                                                    "metric",
                                                    row.labels(),
                                                    "value",
                                                    sample(moment.at(0), row.values()[0])))
                                    .toList());
        };
    }

    /** The answer at several steps. */
    static Map<String, Object> range(Answer answer, Steps steps) {
        return switch (answer) {
            case Answer.Scalar(double[] values) ->
                    data(
                            "matrix",
                            List.of(Map.of("metric", Map.of(), "values", all(values, steps))));
            case Answer.Vector(List<Answer.Row> rows) ->
                    data(
                            "matrix",
                            rows.stream()
                                    .map(row ->
                                            Map.of(
                                                    "metric",
                                                    row.labels(),
                                                    "values",
                                                    present(row.values(), steps)))
                                    .toList());
        };
    }

    /** Samples as they are. */
    static Map<String, Object> samples(List<Samples> samples) {
        return data(
                "matrix",
                samples.stream()
                        .map(one -> Map.of("metric", one.labels(), "values", values(one)))
                        .toList());
    }

    private static Map<String, Object> data(String type, Object result) {
        return Map.of("resultType", type, "result", result);
    }

    private static List<Object> values(Samples one) {
        List<Object> values = new ArrayList<>(one.times().length);
        for (int i = 0; i < one.times().length; i++) {
            values.add(sample(one.times()[i], one.values()[i]));
        }
        return values;
    }

    private static List<Object> all(double[] values, Steps steps) {
        List<Object> samples = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            samples.add(sample(steps.at(i), values[i]));
        }
        return samples;
    }

    private static List<Object> present(double[] values, Steps steps) {
        List<Object> samples = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                samples.add(sample(steps.at(i), values[i]));
            }
        }
        return samples;
    }

    // seconds as a number, the value as a text, which alone can say +Inf
    private static List<Object> sample(long epochMillis, double value) {
        boolean isWhole = epochMillis % 1000 == 0;
        return List.of(
                isWhole ? epochMillis / 1000 : BigDecimal.valueOf(epochMillis, 3), text(value));
    }

    static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value));
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
