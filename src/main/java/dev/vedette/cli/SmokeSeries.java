package dev.vedette.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * A calm series of a new node with one spike near its end, for {@code vedette smoke}.
 *
 * @param node its node, named after the time
 * @param first time of the first point; one follows each minute
 */
record SmokeSeries(String node, Instant first) {
    /** How many points: half a day, well beyond any warm-up. */
    static final int POINTS = 720;

    private static final String CLUSTER = "vedette-smoke";
    private static final String METRIC = "smoke_level";
    private static final int SPIKE = POINTS - 5;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'run-'yyyyMMdd-HHmmss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** One whose last point is at that time. */
    static SmokeSeries endingAt(Instant last) {
        return new SmokeSeries(
                NAME.format(Instant.now()), last.minus(Duration.ofMinutes(POINTS - 1L)));
    }

    /** All of it as a body of {@code POST /api/v1/metrics}. */
    String body() {
        Random noise = new Random(7);
        StringBuilder json = new StringBuilder(POINTS * 24);
        json.append(
                "{\"series\":[{\"cluster_id\":\"%s\",\"node_id\":\"%s\",\"metric_name\":\"%s\",\"points\":["
                        .formatted(CLUSTER, node, METRIC));
        for (int point = 0; point < POINTS; point++) {
            double value = 50 + noise.nextGaussian() + (point == SPIKE ? 60 : 0);
            json.append(point == 0 ? "[" : ",[")
                    .append(first.plus(Duration.ofMinutes(point)).toEpochMilli())
                    .append(',')
                    .append(value)
                    .append(']');
        }
        return json.append("]}]}").toString();
    }

    /** The query that selects it, and the time it covers. */
    String query() {
        return "cluster_id=%s&node_id=%s&metric_name=%s&from=%s&to=%s"
                .formatted(CLUSTER, node, METRIC, first, first.plus(Duration.ofMinutes(POINTS)));
    }
}
