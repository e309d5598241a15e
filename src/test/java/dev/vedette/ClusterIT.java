package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.timescale.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three services on one database, one of them killed, stopped, or suspended for longer than its
 * lease at random, score every series and interval exactly once: what is stored is what a single
 * undisturbed service stores. Scores depend on every point before them, so one point judged twice,
 * or by two workers, or not at all, would show. Whoever listens to one process hears of what all of
 * them find. Needs the package: skipped where there is none. More rounds: {@code
 * -Dvedette.cluster.rounds=20 -Dseed=…}.
 */
final class ClusterIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final int ROUNDS = Integer.getInteger("vedette.cluster.rounds", 2);
    private static final long SEED = Seeds.explored();
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int NODES = 24;
    private static final int POINTS_A_ROUND = 600;
    private static final int POINTS = POINTS_A_ROUND * (ROUNDS + 1);
    private static final int POINTS_A_REQUEST = 50;
    // Longer than vedette.detection.lease-ttl.
    private static final Duration AWAY = Duration.ofSeconds(9);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String ANOMALIES = "/api/v1/anomalies?limit=999";

    @TempDir Path folder;

    @Test
    void everySeriesAndIntervalIsScoredExactlyOnceByWhomever() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        System.err.println("ClusterIT seed " + SEED + " rounds " + ROUNDS);
        Stored undisturbed = undisturbed();
        Stored disturbed = disturbed();
        assertFalse(undisturbed.anomalies.isEmpty(), "the data should hold anomalies");
        assertEquals(undisturbed.scores, disturbed.scores, "seed " + SEED);
        assertEquals(undisturbed.anomalies, disturbed.anomalies, "seed " + SEED);
    }

    private record Stored(SortedMap<String, String> scores, Set<String> anomalies) {}

    private Stored undisturbed() throws Exception {
        try (TestDatabase database = TestDatabase.embedded();
                ServiceProcess service = ServiceProcess.start(JAR, database, folder)) {
            send(List.of(service), 0, POINTS, new Random(SEED));
            return stored(database, service);
        }
    }

    private Stored disturbed() throws Exception {
        Random random = new Random(SEED);
        List<ServiceProcess> services = new ArrayList<>();
        Set<String> heard = ConcurrentHashMap.newKeySet();
        try (TestDatabase database = TestDatabase.embedded()) {
            for (int i = 0; i < 3; i++) {
                services.add(ServiceProcess.start(JAR, database, folder));
            }
            services.getFirst().follow(line -> hear(line, heard));
            int sent = 0;
            for (int round = 0; round < ROUNDS; round++) {
                int half = sent + POINTS_A_ROUND / 2;
                send(services, sent, half, random);
                disturb(services, database, random, half);
                sent += POINTS_A_ROUND;
            }
            send(services, sent, POINTS, random);
            Stored stored = stored(database, services.getFirst());
            Set<String> ids = ids(services.getFirst());
            await().atMost(PATIENCE).untilAsserted(() -> assertEquals(ids, Set.copyOf(heard)));
            return stored;
        } finally {
            services.forEach(ServiceProcess::close);
        }
    }

    // The first one stays: somebody listens to it.
    private void disturb(
            List<ServiceProcess> services, TestDatabase database, Random random, int sent)
            throws Exception {
        int victim = 1 + random.nextInt(services.size() - 1);
        ServiceProcess one = services.get(victim);
        List<ServiceProcess> others = new ArrayList<>(services);
        others.remove(victim);
        int kind = random.nextInt(3);
        long from = System.nanoTime();
        switch (kind) {
            case 0 -> one.kill();
            case 1 -> one.close();
            default -> one.suspend();
        }
        Instant back = Instant.now().plus(AWAY);
        Map<String, Long> before = database.shardsByOwner();
        send(others, sent, sent + POINTS_A_ROUND / 2, random);
        await().atMost(PATIENCE)
                .until(() ->
                        database.shardsByOwner().size() == 2
                                && database.shardsByOwner().values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum()
                                        == 16);
        System.err.printf(
                "ClusterIT %s: shards %s -> %s, %.1f s after%n",
                List.of("killed", "stopped", "suspended").get(kind),
                before.values(),
                database.shardsByOwner().values(),
                (System.nanoTime() - from) / 1e9);
        if (kind == 2) {
            await().atMost(PATIENCE).until(() -> Instant.now().isAfter(back));
            one.resume();
        } else {
            services.set(victim, ServiceProcess.start(JAR, database, folder));
        }
        // Whoever is there gets its share again.
        await().atMost(PATIENCE)
                .until(() ->
                        database.shardsByOwner().size() == 3
                                && database.shardsByOwner().values().stream()
                                        .allMatch(shards -> shards <= 6));
    }

    private static void send(
            List<ServiceProcess> services, int fromPoint, int toPoint, Random random) {
        for (int from = fromPoint; from < toPoint; from += POINTS_A_REQUEST) {
            String body = body(from);
            ServiceProcess any = services.get(random.nextInt(services.size()));
            Answer answer = any.postAsync("/api/v1/metrics", body).join();
            assertEquals(200, answer.status(), answer.body());
        }
    }

    private static String body(int from) {
        StringBuilder json = new StringBuilder("{\"series\":[");
        for (int node = 0; node < NODES; node++) {
            json.append(node == 0 ? "" : ",")
                    .append("{\"cluster_id\":\"c\",\"node_id\":\"n")
                    .append(node)
                    .append("\",\"metric_name\":\"m\",\"points\":[");
            for (int i = from; i < from + POINTS_A_REQUEST; i++) {
                double noise = new Random(node * 1_000_003L + i).nextGaussian();
                boolean jumps = (i + 37 * node) % 500 >= 470;
                json.append(i == from ? "[" : ",[")
                        .append(START.plusSeconds(60L * i).toEpochMilli())
                        .append(',')
                        .append(Math.rint((jumps ? 90 : 40 + 2 * noise) * 100) / 100)
                        .append(']');
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    private static Stored stored(TestDatabase database, ServiceProcess service) {
        String last = START.plusSeconds(60L * (POINTS - 5)).toString();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertEquals(
                                NODES, database.scores().tailMap(last).keySet().stream().count()));
        Set<String> anomalies = new TreeSet<>();
        service.pages(ANOMALIES)
                .forEach(item ->
                        anomalies.add(
                                "%s %s %s %s"
                                        .formatted(
                                                item.path("node_id").asText(),
                                                item.path("window_start").asText(),
                                                item.path("window_end").asText(),
                                                item.path("anomaly_score").asText())));
        return new Stored(database.scores(), anomalies);
    }

    private static Set<String> ids(ServiceProcess service) {
        Set<String> ids = new TreeSet<>();
        service.pages(ANOMALIES).forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private static void hear(String line, Set<String> ids) {
        try {
            JsonNode data =
                    line.startsWith("data:")
                            ? new ObjectMapper().readTree(line.substring(5))
                            : new ObjectMapper().createObjectNode();
            if (data.has("id")) {
                ids.add(data.path("id").asText());
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
