package dev.vedette.promql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.packaging.Promtool;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets Prometheus itself say whether it would have answered the same. */
final class PromQlOracleTest {
    private static final int MINUTES = 60;

    // no sample at the start of a range: version 2 of Prometheus takes it in, version 3 does not
    private static final int HALF_MINUTE = 30;

    // rounding hides the last bits, in which two orders of the same products differ; the crooked
    // factors keep
    // exact halves, which such bits would round either way, from coming up
    private static final List<String> QUERIES =
            List.of(
                    "gauge",
                    "gauge{node=~\"n[12]\"}",
                    "gauge{node!~\"n1|n3\",zone!=\"\"}",
                    "gauge offset 7m",
                    "{node=\"n1\",__name__=~\"ga.*|cou.*\"}",
                    "gauge > 3",
                    "gauge >= bool 3",
                    "3 < gauge",
                    "2 - -gauge ^ 2",
                    "gauge % 3",
                    "gauge / 4",
                    "-gauge",
                    "clamp_max(clamp_min(gauge, 2), 6)",
                    "abs(gauge - 5)",
                    "sum(gauge)",
                    "sum by (zone) (gauge)",
                    "count without (node) (gauge)",
                    "max(gauge) by (zone)",
                    "min by (zone, absent) (gauge)",
                    "group(gauge)",
                    "sum(topk(2, gauge + on(node, zone) counter))",
                    "sum(bottomk(2, counter))",
                    "topk by (node) (1, counter)",
                    "gauge > on(zone) group_left max by (zone) (counter)",
                    "gauge < ignoring(zone) gauge offset 5m",
                    "gauge + on(node, zone) counter",
                    "gauge + ignoring(nothing) gauge",
                    "counter * on(zone) group_left max by (zone) (gauge)",
                    "gauge > on(node, zone) counter",
                    "gauge and on(zone) counter{node=\"n1\"}",
                    "gauge unless on(node) counter{node=\"n1\"}",
                    "gauge or counter",
                    "sum(nothing) or vector(0)",
                    "max_over_time(gauge[10m])",
                    "min_over_time(gauge[10m])",
                    "sum_over_time(gauge[10m] offset 5m)",
                    "count_over_time(gauge[10m])",
                    "last_over_time(gauge[30m])",
                    "round(avg_over_time(gauge[8m]) * 1000.0314159)",
                    "round(stddev_over_time(gauge[8m]) * 1000.0314159)",
                    "round(rate(counter[10m]) * 1000031.4159)",
                    "round(increase(counter[7m]) * 1000.0314159)",
                    "round(delta(gauge[10m]) * 1000.0314159)",
                    "round(irate(counter[10m]) * 1000031.4159)",
                    "time()",
                    "1 + 2 * 3 ^ 2 - 8 / 4",
                    "1 == bool 1");

    private final long seed = Seeds.explored();
    private final Random random = new Random(seed);

    @Test
    void prometheusAnswersTheSame(@TempDir Path folder) throws Exception {
        Promtool.assumeThere();
        List<Samples> stored = new ArrayList<>();
        for (String node : List.of("n1", "n2", "n3")) {
            stored.add(series("gauge", node, false));
            stored.add(series("counter", node, true));
        }
        StringBuilder test = new StringBuilder("tests:\n  - interval: 1m\n    input_series:\n");
        stored.forEach(one -> test.append(written(one)));
        test.append("    promql_expr_test:\n");
        int answers = 0;
        for (String query : QUERIES) {
            for (int minute : new int[] {3, 20 + random.nextInt(20), MINUTES}) {
                List<String> samples = answered(query, minute, stored);
                answers += samples.size();
                test.append("      - expr: '" + query.replace("'", "''") + "'\n")
                        .append(
                                "        eval_time: "
                                        + minute
                                        + "m"
                                        + HALF_MINUTE
                                        + "s\n        exp_samples:\n");
                samples.forEach(test::append);
            }
        }
        assertTrue(answers > QUERIES.size(), "hardly any answers, seed " + seed);
        Path file = Files.writeString(folder.resolve("test.yaml"), test);
        try {
            Promtool.run("test", "rules", file.toString());
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    // a third of the samples is missing, and counters begin anew
    private Samples series(String name, String node, boolean counts) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("__name__", name);
        labels.put("node", node);
        labels.put("zone", node.equals("n3") ? "west" : "east");
        long[] times = new long[MINUTES + 1];
        double[] values = new double[times.length];
        double count = random.nextInt(50);
        for (int i = 0; i < times.length; i++) {
            times[i] = i * 60_000L;
            count = random.nextInt(15) == 0 ? 0 : count + random.nextInt(20);
            double value = counts ? count : random.nextInt(10);
            values[i] = random.nextInt(3) == 0 ? Double.NaN : value;
        }
        return new Samples(labels, times, values).present();
    }

    private static String written(Samples one) {
        StringBuilder values = new StringBuilder();
        int next = 0;
        for (int minute = 0; minute <= MINUTES; minute++) {
            boolean isThere = next < one.times().length && one.times()[next] == minute * 60_000L;
            values.append(isThere ? String.valueOf((long) one.values()[next++]) : "_").append(' ');
        }
        return "      - series: '" + name(one.labels()) + "'\n        values: '" + values + "'\n";
    }

    private static String name(Map<String, String> labels) {
        StringBuilder name = new StringBuilder(labels.getOrDefault("__name__", "")).append('{');
        labels.forEach((label, value) -> {
            if (!label.equals("__name__")) {
                name.append(name.charAt(name.length() - 1) == '{' ? "" : ",");
                name.append(label).append("=\"").append(value).append('"');
            }
        });
        return name.append('}').toString();
    }

    private static List<String> answered(String query, int minute, List<Samples> stored) {
        Expression expression = Parser.parse(query);
        Steps moment = Steps.at(Instant.ofEpochSecond(60L * minute + HALF_MINUTE));
        Map<Selector, List<Samples>> read = new HashMap<>();
        Evaluator.selectors(expression)
                .forEach(selector ->
                        read.put(
                                selector,
                                stored.stream()
                                        .filter(one -> selector.matches(one.labels()))
                                        .toList()));
        return switch (new Evaluator(moment, read).answer(expression)) {
            case Answer.Scalar(double[] values) -> List.of(sample(Map.of(), values[0]));
            case Answer.Vector(List<Answer.Row> rows) ->
                    rows.stream().map(row -> sample(row.labels(), row.values()[0])).toList();
        };
    }

    private static String sample(Map<String, String> labels, double value) {
        String name = labels.isEmpty() ? "{}" : name(labels);
        return "          - labels: '"
                + name
                + "'\n            value: "
                + new BigDecimal(value).toPlainString()
                + "\n";
    }
}
