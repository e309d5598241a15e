package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.timescale.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backfill over stored points by the packaged service: it tells its progress, goes on after the
 * service was killed half-way, and leaves what live detection of the same points had found, down to
 * the last bit. An engine of another kind has judged the range before it, so that an empty backfill
 * would show. Needs the package: skipped where there is none. The size of the issue, a week of a
 * thousand series: {@code -Dvedette.backfill.series=1000 -Dvedette.backfill.days=7}.
 */
final class BackfillSoakIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final int SERIES = Integer.getInteger("vedette.backfill.series", 120);
    private static final int DAYS = Integer.getInteger("vedette.backfill.days", 2);
    private static final int STEP_SECONDS = Integer.getInteger("vedette.backfill.step", 300);
    private static final int METRICS = 20;
    private static final int POINTS = DAYS * 86_400 / STEP_SECONDS;
    private static final int POINTS_A_REQUEST = 20_000;
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(40);
    private static final Map<String, String> FAST = Map.of("VEDETTE_BACKFILL_CPU_SHARE", "1");

    @TempDir Path folder;

    @Test
    void aBackfillSurvivesAKillAndEqualsLiveDetection() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        try (TestDatabase database = TestDatabase.embedded()) {
            ServiceProcess service = ServiceProcess.start(JAR, database, folder, FAST);
            try {
                Found live = live(service, database);
                String other = queue(service, ",\"engine\":\"ewma\"");
                awaitEnd(service, other);
                assertFalse(live.scores.equals(database.scores()), "ewma judges otherwise");
                String backfill = queue(service, "");
                double before = awaitProgress(service, backfill);
                service.kill();
                service = ServiceProcess.start(JAR, database, folder, FAST);
                double after = service.get(backfill).path("progress").asDouble();
                assertTrue(after >= before, "progress fell from " + before + " to " + after);
                JsonNode ended = awaitEnd(service, backfill);
                System.err.printf(
                        "BackfillSoakIT killed at %.0f %%, ended %s%n", 100 * after, ended);
                assertEquals(live.scores, database.scores());
                assertEquals(live.anomalies, anomalies(service));
            } finally {
                service.close();
            }
        }
    }

    private record Found(SortedMap<String, String> scores, Set<String> anomalies) {}

    private static Found live(ServiceProcess service, TestDatabase database) throws Exception {
        long begun = System.nanoTime();
        send(service);
        String last = START.plusSeconds((long) STEP_SECONDS * (POINTS - 1)).toString();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> database.scoredSince(last) == SERIES);
        Found live = new Found(database.scores(), anomalies(service));
        System.err.printf(
                "BackfillSoakIT %d points live in %.0f s, %d scores, %d anomalies%n",
                (long) SERIES * POINTS,
                (System.nanoTime() - begun) / 1e9,
                live.scores.size(),
                live.anomalies.size());
        assertFalse(live.anomalies.isEmpty(), "the data should hold anomalies");
        return live;
    }

    // One request after the other: points in order, as a backfill judges them.
    private static void send(ServiceProcess service)
            throws InterruptedException, ExecutionException {
        int minutes = Math.max(1, POINTS_A_REQUEST / SERIES);
        for (int from = 0; from < POINTS; from += minutes) {
            String body = body(from, Math.min(POINTS, from + minutes));
            Answer answer = service.postAsync("/api/v1/metrics", body).get();
            while (answer.status() == 429) {
                answer = later(service, body).get();
            }
            assertEquals(200, answer.status(), answer.body());
        }
    }

    private static CompletableFuture<Answer> later(ServiceProcess service, String body) {
        return CompletableFuture.supplyAsync(
                        () -> body,
                        CompletableFuture.delayedExecutor(
                                500, java.util.concurrent.TimeUnit.MILLISECONDS))
                .thenCompose(text -> service.postAsync("/api/v1/metrics", text));
    }

    private static String body(int from, int to) {
        StringBuilder json = new StringBuilder("{\"series\":[");
        for (int series = 0; series < SERIES; series++) {
            json.append(series == 0 ? "" : ",")
                    .append("{\"cluster_id\":\"c\",\"node_id\":\"n")
                    .append(series / METRICS)
                    .append("\",\"metric_name\":\"m")
                    .append(series % METRICS)
                    .append("\",\"points\":[");
            for (int i = from; i < to; i++) {
                json.append(i == from ? "[" : ",[")
                        .append(START.plusSeconds((long) STEP_SECONDS * i).toEpochMilli())
                        .append(',')
                        .append(value(series, i))
                        .append(']');
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    private static double value(int series, int i) {
        double noise = new Random(series * 1_000_003L + i).nextGaussian();
        // back to the usual before the end: what is still open a backfill leaves alone
        boolean jumps = i < POINTS - 60 && (i + 37 * series) % 400 >= 385;
        double daily = 10 * Math.sin(2 * Math.PI * i * STEP_SECONDS / 86_400);
        return Math.rint((jumps ? 95 : 40 + daily + 2 * noise) * 100) / 100;
    }

    private static String queue(ServiceProcess service, String more) throws Exception {
        Instant to = START.plus(Duration.ofDays(DAYS));
        Answer answer =
                service.postAsync(
                                "/api/v1/backfills",
                                "{\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(START, to, more))
                        .get();
        assertEquals(202, answer.status(), answer.body());
        return "/api/v1/backfills/" + ServiceProcess.json(answer.body()).path("id").asText();
    }

    private static double awaitProgress(ServiceProcess service, String backfill) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> service.get(backfill).path("progress").asDouble() >= 0.3);
        JsonNode now = service.get(backfill);
        assertEquals("running", now.path("state").asText(), now.toString());
        return now.path("progress").asDouble();
    }

    private static JsonNode awaitEnd(ServiceProcess service, String backfill) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        !Set.of("queued", "running")
                                .contains(service.get(backfill).path("state").asText()));
        JsonNode ended = service.get(backfill);
        assertEquals("completed", ended.path("state").asText(), ended.toString());
        assertEquals(SERIES, ended.path("series_done").asInt(), ended.toString());
        assertEquals(
                (long) SERIES * POINTS, ended.path("points_judged").asLong(), ended.toString());
        return ended;
    }

    // Of single series: verdicts on nodes a backfill leaves alone.
    private static Set<String> anomalies(ServiceProcess service) {
        Set<String> anomalies = new TreeSet<>();
        service.pages("/api/v1/anomalies?limit=999")
                .forEach(item -> {
                    if (item.hasNonNull("metric_name")) {
                        anomalies.add(
                                "%s %s %s %s %s %s %s"
                                        .formatted(
                                                item.path("id").asText(),
                                                item.path("status").asText(),
                                                item.path("engine").asText(),
                                                item.path("window_start").asText(),
                                                item.path("window_end").asText(),
                                                item.path("anomaly_score").asText(),
                                                item.path("explanation").asText()));
                    }
                });
        return anomalies;
    }
}
