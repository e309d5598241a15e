package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.timescale.KillableDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged service and its database in turn, without warning, at random moments under
 * load. Every batch is sent two to five times, shuffled and late. An outside ledger holds every
 * point that was acknowledged: after each round none of them may be missing and none stored twice,
 * and in the end exactly what was sent is stored. Needs the package: skipped where there is none.
 * By hand: {@code -Dvedette.crash.rounds=20 -Dseed=…}.
 */
final class CrashSoakIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final int ROUNDS = Integer.getInteger("vedette.crash.rounds", 3);
    private static final long SEED = Seeds.explored();
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int SERIES = 20;
    private static final int POINTS_A_BATCH = 25;
    private static final int SENDERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir Path folder;

    private final Ledger ledger = new Ledger();
    private volatile ServiceProcess service;
    private volatile boolean sending;

    @Test
    void acknowledgedPointsSurviveAnyCrashAndAreStoredOnce() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        System.err.println("CrashSoakIT seed " + SEED + " rounds " + ROUNDS);
        Random random = new Random(SEED);
        try (KillableDatabase database = KillableDatabase.start(folder.resolve("database"))) {
            service = ServiceProcess.start(JAR, database.owner(), folder);
            for (int round = 0; round < ROUNDS; round++) {
                List<Thread> senders = startSending(random.nextLong());
                int before = ledger.acknowledged();
                int batches = 20 + random.nextInt(100);
                await().atMost(PATIENCE).until(() -> ledger.acknowledged() >= before + batches);
                LockSupport.parkNanos(random.nextInt(50_000_000));
                crash(database, round);
                for (Thread sender : senders) {
                    sender.join();
                }
                verify(ledger.acknowledgedBatches(), true);
            }
            finishSending();
            verify(ledger.startedBatches(), false);
        } finally {
            service.close();
        }
    }

    private void crash(KillableDatabase database, int round) throws Exception {
        boolean ofService = round % 2 == 0;
        long from;
        if (ofService) {
            service.kill();
            sending = false;
            from = System.nanoTime();
            service = ServiceProcess.start(JAR, database.owner(), folder);
        } else {
            database.kill();
            sending = false;
            from = System.nanoTime();
            database.restart();
            await().atMost(PATIENCE).ignoreExceptions().until(service::isReady);
        }
        System.err.printf(
                "CrashSoakIT round %d: %s killed, ready again after %.1f s, %d batches"
                        + " acknowledged%n",
                round + 1,
                ofService ? "service" : "database",
                (System.nanoTime() - from) / 1e9,
                ledger.acknowledged());
    }

    private List<Thread> startSending(long seed) {
        sending = true;
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Random random = new Random(seed + i);
            senders.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                Deck deck = new Deck(ledger, random);
                                while (sending) {
                                    send(deck.draw());
                                }
                            }));
        }
        return senders;
    }

    private void send(int batch) {
        Answer answer =
                service.postAsync("/api/v1/metrics", body(batch))
                        .exceptionally(_ -> new Answer(0, ""))
                        .join();
        if (answer.status() == 200) {
            ledger.acknowledge(batch);
        }
    }

    // What was sent and not acknowledged may be stored or not; sent again it must be, and once.
    private void finishSending() {
        for (int batch : ledger.startedBatches()) {
            await().atMost(PATIENCE)
                    .until(() -> {
                        send(batch);
                        return ledger.isAcknowledged(batch);
                    });
        }
    }

    private void verify(List<Integer> batches, boolean othersMayBeThere) {
        Map<String, SortedMap<Long, Double>> expected = new TreeMap<>();
        for (int batch : batches) {
            for (int i = 0; i < POINTS_A_BATCH; i++) {
                expected.computeIfAbsent(node(batch), _ -> new TreeMap<>())
                        .put(time(batch, i), value(batch, i));
            }
        }
        for (Map.Entry<String, SortedMap<Long, Double>> one : expected.entrySet()) {
            SortedMap<Long, Double> stored = stored(one.getKey());
            if (othersMayBeThere) {
                stored.keySet().retainAll(one.getValue().keySet());
            }
            assertEquals(one.getValue(), stored, "node " + one.getKey() + " seed " + SEED);
        }
    }

    private SortedMap<Long, Double> stored(String node) {
        SortedMap<Long, Double> points = new TreeMap<>();
        // Page by page: an answer has a bound, and a crash may have left the service catching up.
        Instant end = START.plusSeconds(60L * POINTS_A_BATCH * (ledger.started() / SERIES + 1L));
        for (Instant from = START; from.isBefore(end); from = from.plus(Duration.ofDays(5))) {
            JsonNode answer =
                    service.get(
                            "/api/v1/metrics?time_format=ms&cluster_id=c&metric_name=m&node_id="
                                    + node
                                    + "&from="
                                    + from
                                    + "&to="
                                    + from.plus(Duration.ofDays(5)));
            for (JsonNode point : answer.path("series").path(0).path("points")) {
                Double twice = points.put(point.path(0).asLong(), point.path(1).asDouble());
                assertEquals(null, twice, "stored twice: " + point);
            }
        }
        return points;
    }

    private static String node(int batch) {
        return "n" + batch % SERIES;
    }

    private static long time(int batch, int point) {
        long minute = (long) (batch / SERIES) * POINTS_A_BATCH + point;
        return START.plusSeconds(60L * minute).toEpochMilli();
    }

    private static double value(int batch, int point) {
        double value = new Random(batch * 1_000_003L + point).nextGaussian();
        // Plus zero: -0.0 is stored as the equal 0.0.
        return Math.rint(value * 1000) / 1000 + 0.0;
    }

    private static String body(int batch) {
        StringBuilder json = new StringBuilder("{\"series\":[{\"cluster_id\":\"c\",\"node_id\":\"");
        json.append(node(batch)).append("\",\"metric_name\":\"m\",\"points\":[");
        for (int i = 0; i < POINTS_A_BATCH; i++) {
            json.append(i == 0 ? "[" : ",[").append(time(batch, i)).append(',');
            json.append(value(batch, i)).append(']');
        }
        return json.append("]}]}").toString();
    }

    /** What was sent and what was acknowledged. Thread-safe. */
    private static final class Ledger {
        private final AtomicInteger next = new AtomicInteger();
        private final Map<Integer, Boolean> acknowledged = new ConcurrentHashMap<>();

        int start() {
            return next.getAndIncrement();
        }

        int started() {
            return next.get();
        }

        void acknowledge(int batch) {
            acknowledged.put(batch, true);
        }

        boolean isAcknowledged(int batch) {
            return acknowledged.containsKey(batch);
        }

        int acknowledged() {
            return acknowledged.size();
        }

        List<Integer> acknowledgedBatches() {
            return List.copyOf(acknowledged.keySet());
        }

        List<Integer> startedBatches() {
            return java.util.stream.IntStream.range(0, started()).boxed().toList();
        }
    }

    /** Each batch two to five times, in any order, some long after the others. */
    private static final class Deck {
        private static final int SIZE = 60;

        private final Ledger ledger;
        private final Random random;
        private final List<Integer> cards = new ArrayList<>();

        Deck(Ledger ledger, Random random) {
            this.ledger = ledger;
            this.random = random;
        }

        int draw() {
            while (cards.size() < SIZE) {
                int batch = ledger.start();
                int times = 2 + random.nextInt(4);
                for (int i = 0; i < times; i++) {
                    cards.add(batch);
                }
            }
            int drawn = random.nextInt(cards.size());
            int batch = cards.get(drawn);
            cards.set(drawn, cards.getLast());
            cards.removeLast();
            return batch;
        }
    }
}
