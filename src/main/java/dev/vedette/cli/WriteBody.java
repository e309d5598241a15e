package dev.vedette.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.vedette.ingestion.source.CsvPoints;

/**
 * A body of {@code POST /api/v1/metrics}.
 *
 * @param json the text
 * @param points how many points it holds
 */
record WriteBody(String json, int points) {
    /** The rows of the last read, one series per metric; gaps are left out. */
    static WriteBody of(CsvPoints csv, int rows, String cluster, String node) {
        StringBuilder json = new StringBuilder(rows * csv.metrics().size() * 24 + 64);
        json.append("{\"series\":[");
        int points = 0;
        for (int metric = 0; metric < csv.metrics().size(); metric++) {
            int before = json.length();
            startSeries(json, cluster, node, csv.metrics().get(metric));
            int added = appendPoints(json, csv, rows, metric);
            if (added == 0) {
                json.setLength(before);
            } else {
                json.setCharAt(json.length() - 1, ']');
                json.append("},");
                points += added;
            }
        }
        if (points > 0) {
            json.setLength(json.length() - 1);
        }
        return new WriteBody(json.append("]}").toString(), points);
    }

    private static void startSeries(
            StringBuilder json, String cluster, String node, String metric) {
        json.append("{\"cluster_id\":\"").append(escaped(cluster));
        json.append("\",\"node_id\":\"").append(escaped(node));
        json.append("\",\"metric_name\":\"").append(escaped(metric)).append("\",\"points\":[");
    }

    private static int appendPoints(StringBuilder json, CsvPoints csv, int rows, int metric) {
        int added = 0;
        for (int row = 0; row < rows; row++) {
            double value = csv.value(row, metric);
            if (!Double.isNaN(value)) {
                json.append('[').append(csv.epochMillis(row)).append(',');
                json.append(number(value)).append("],");
                added++;
            }
        }
        return added;
    }

    // JSON has no infinities; as a string the service refuses them with the right code
    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "\"" + value + "\"";
    }

    private static String escaped(String name) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(name));
    }
}
