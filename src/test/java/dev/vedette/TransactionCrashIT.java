package dev.vedette;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.ServiceProcess.Answer;
import dev.vedette.timescale.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service, killed without warning at random moments while senders wait for decisions.
 * Each sender has an account and sends one payment after the other, each until it is acknowledged.
 * So the n-th must have been decided once, as it was answered, by features that count exactly n.
 * Needs the package: skipped where there is none. By hand: {@code -Dvedette.crash.rounds=20
 * -Dseed=…}.
 */
final class TransactionCrashIT {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final int ROUNDS = Integer.getInteger("vedette.crash.rounds", 2);
    private static final long SEED = Seeds.explored();
    private static final int SENDERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir Path folder;

    private final Instant start = Instant.now();
    private final Map<String, JsonNode> answered = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private volatile ServiceProcess service;

    @Test
    void killedServiceDecidesEachPaymentOnceByFeaturesThatMissNothing() throws Exception {
        assumeTrue(Files.exists(JAR), "no package at " + JAR);
        System.err.println("TransactionCrashIT seed " + SEED + " rounds " + ROUNDS);
        Random random = new Random(SEED);
        try (TestDatabase database = TestDatabase.embedded()) {
            run(database, random);
        }
    }

    private void run(TestDatabase database, Random random) throws Exception {
        service = ServiceProcess.start(JAR, database, folder);
        try {
            List<Sender> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                senders.add(new Sender("acc-" + i));
            }
            for (int round = 0; round < ROUNDS; round++) {
                int enough = acknowledged.get() + 50 + random.nextInt(150);
                await().atMost(PATIENCE).until(() -> acknowledged.get() >= enough);
                service.kill();
                service = ServiceProcess.start(JAR, database, folder);
            }
            int last = acknowledged.get() + 50;
            await().atMost(PATIENCE).until(() -> acknowledged.get() >= last);
            sending.set(false);
            for (Sender sender : senders) {
                sender.thread.join();
            }
            for (Sender sender : senders) {
                check(sender);
            }
            int sent = senders.stream().mapToInt(sender -> sender.sent).sum();
            assertEquals(
                    sent,
                    service.pages("/api/v1/transactions?limit=500").size(),
                    "each once, seed " + SEED);
        } finally {
            sending.set(false);
            service.close();
        }
    }

    private void check(Sender sender) {
        assertTrue(sender.sent > 0, sender.account);
        for (int i = 0; i < sender.sent; i++) {
            String id = sender.account + "-" + i;
            // one that was acknowledged into the queue may still wait
            await().atMost(PATIENCE).until(() -> read(id).hasNonNull("outcome"));
            JsonNode stored = read(id);
            assertEquals(
                    i + 1,
                    stored.path("features").path("count_24h").asDouble(-1),
                    id + " is decided knowing of itself and those before it, seed " + SEED);
            Optional.ofNullable(answered.get(id))
                    .ifPresent(decision -> {
                        assertEquals(
                                decision.path("score"), stored.path("score"), id + " seed " + SEED);
                        assertEquals(decision.path("outcome"), stored.path("outcome"), id);
                    });
        }
    }

    private JsonNode read(String id) {
        return service.get("/api/v1/transactions/" + id);
    }

    /** Sends the payments of one account, one after the other, each until it is acknowledged. */
    private final class Sender {
        private final String account;
        private final Thread thread;
        private int sent;

        Sender(String account) {
            this.account = account;
            this.thread = Thread.ofVirtual().start(this::send);
        }

        private void send() {
            while (sending.get()) {
                String id = account + "-" + sent;
                String body = body(id);
                // To the end even when nothing new is sent: an unknown outcome is no outcome.
                await().atMost(PATIENCE).ignoreExceptions().until(() -> isAcknowledged(id, body));
                sent++;
                acknowledged.incrementAndGet();
            }
        }

        private String body(String id) {
            return """
            {"transactions":[{"transaction_id":"%s","account_id":"%s","amount":%d,"currency":"EUR",
            "time":%d,"merchant":"m-%d"}]}\
            """
                    .formatted(id, account, 10 + sent % 7, start.toEpochMilli() + sent, sent % 5);
        }

        private boolean isAcknowledged(String id, String body) throws IOException {
            Answer answer = service.postAsync("/api/v1/transactions?decide=true", body).join();
            if (answer.status() != 200) {
                return false;
            }
            JsonNode item = ServiceProcess.json(answer.body()).path("items").path(0);
            if (item.hasNonNull("decision")) {
                answered.put(id, item.path("decision"));
            }
            return true;
        }
    }
}
