package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.timescale.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service, killed without warning in the middle of an import and again right after its
 * last acknowledgement, stores the same points and the same anomalies as one that ran undisturbed.
 * Needs the package: skipped where there is none.
 */
final class CrashIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int NODES = 4;
    private static final int METRICS = 4;
    private static final int POINTS = 3_000;
    private static final int POINTS_A_REQUEST = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir Path folder;

    @Test
    void killedServiceStoresWhatAnUndisturbedOneDoes() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        Stored undisturbed = undisturbed();
        Stored killed = killed();
        assertFalse(undisturbed.anomalies.isEmpty(), "the data should hold anomalies");
        assertEquals(undisturbed.points, killed.points);
        assertEquals(undisturbed.anomalies, killed.anomalies);
    }

    private record Stored(List<Map<String, JsonNode>> anomalies, List<JsonNode> points) {}

    private Stored undisturbed() throws Exception {
        try (TestDatabase database = TestDatabase.embedded();
                ServiceProcess service = ServiceProcess.start(JAR, database, folder)) {
            for (int from = 0; from < POINTS; from += POINTS_A_REQUEST) {
                send(service, from);
            }
            return stored(service);
        }
    }

    private Stored killed() throws Exception {
        try (TestDatabase database = TestDatabase.embedded()) {
            try (ServiceProcess service = ServiceProcess.start(JAR, database, folder)) {
                for (int from = 0; from < POINTS / 2; from += POINTS_A_REQUEST) {
                    send(service, from);
                }
                var underWay = service.postAsync("/api/v1/metrics", body(POINTS / 2));
                service.kill();
                underWay.exceptionally(_ -> new Answer(0, "")).join();
            }
            try (ServiceProcess service = ServiceProcess.start(JAR, database, folder)) {
                for (int from = 0; from < POINTS; from += POINTS_A_REQUEST) {
                    send(service, from);
                }
                service.kill();
            }
            try (ServiceProcess service = ServiceProcess.start(JAR, database, folder)) {
                return stored(service);
            }
        }
    }

    private static void send(ServiceProcess service, int from) {
        Answer answer = service.postAsync("/api/v1/metrics", body(from)).join();
        assertEquals(200, answer.status(), answer.body());
    }

    // Every series in every request, its next points; deterministic.
    private static String body(int from) {
        StringBuilder json = new StringBuilder("{\"series\":[");
        for (int node = 0; node < NODES; node++) {
            for (int metric = 0; metric < METRICS; metric++) {
                json.append(node + metric == 0 ? "" : ",")
                        .append("{\"cluster_id\":\"c\",\"node_id\":\"n")
                        .append(node)
                        .append("\",\"metric_name\":\"m")
                        .append(metric)
                        .append("\",\"points\":[");
                points(json, node * METRICS + metric, from);
                json.append("]}");
            }
        }
        return json.append("]}").toString();
    }

    private static void points(StringBuilder json, int series, int from) {
        for (int i = from; i < Math.min(POINTS, from + POINTS_A_REQUEST); i++) {
            double noise = new Random(series * 1_000_003L + i).nextGaussian();
            boolean jumps = i % 700 == 650 && series % 3 == 0;
            json.append(i == from ? "[" : ",[")
                    .append(START.plusSeconds(60L * i).toEpochMilli())
                    .append(',')
                    .append(Math.rint((jumps ? 90 : 40 + 2 * noise) * 100) / 100)
                    .append(']');
        }
    }

    private static Stored stored(ServiceProcess service) {
        Instant end = START.plusSeconds(60L * POINTS);
        String last = "from=" + end.minusSeconds(300) + "&to=" + end;
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode rank = service.get("/api/v1/rank?level=metric&top=1000&" + last);
                    assertEquals(NODES * METRICS, rank.path("items").size());
                });
        List<JsonNode> points = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            for (int metric = 0; metric < METRICS; metric++) {
                String query = "cluster_id=c&node_id=n" + node + "&metric_name=m" + metric;
                JsonNode one =
                        service.get(
                                "/api/v1/metrics?time_format=ms&"
                                        + query
                                        + "&from="
                                        + START
                                        + "&to="
                                        + end);
                assertEquals(POINTS, one.path("series").path(0).path("points").size());
                points.add(one.path("series").path(0).path("points"));
            }
        }
        return new Stored(anomalies(service), points);
    }

    // Without what a database of its own numbers anew: ids are made from the series' numbers.
    private static List<Map<String, JsonNode>> anomalies(ServiceProcess service) {
        List<Map<String, JsonNode>> anomalies = new ArrayList<>();
        for (JsonNode item : service.get("/api/v1/anomalies?limit=999").path("items")) {
            Map<String, JsonNode> fields = new TreeMap<>();
            item.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            fields.keySet().removeAll(List.of("id", "incident_id", "created_at"));
            anomalies.add(fields);
        }
        anomalies.sort(Comparator.comparing(Object::toString));
        return anomalies;
    }
}
