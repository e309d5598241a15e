package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a worker knows that takes over after another was killed. */
final class RestartTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int PART = 40;

    private final InstantSource clock = InstantSource.fixed(START);
    private final AtomicInteger promoted = new AtomicInteger();
    private final Map<Integer, byte[]> models = Map.of(1, model(1, 13), 2, model(2, 29));

    @Test
    void whatWasStrangeUnderEachModelIsNotForgotten() {
        List<JudgedTransaction> undisturbed = decided(new InMemoryDecisionStore(), false);
        List<JudgedTransaction> restarted = decided(new InMemoryDecisionStore(), true);
        for (int i = 0; i < undisturbed.size(); i++) {
            assertEquals(undisturbed.get(i), restarted.get(i), "place " + i);
        }
        assertTrue(
                undisturbed.subList(2 * PART, 3 * PART).stream()
                        .flatMap(one -> one.decision().reasons().stream())
                        .anyMatch(reason -> reason.code().equals("recent")),
                "nothing was strange lately");
    }

    /** A part by the first model, one by the second, and one after what may be a restart. */
    private List<JudgedTransaction> decided(InMemoryDecisionStore store, boolean isRestarted) {
        promoted.set(1);
        Settings settings = JudgingWorld.settings(models, promoted, clock);
        ShardJudge judge = judge(store, settings);
        decide(store, judge, 0);
        promoted.set(2);
        settings.forget(TENANT);
        decide(store, judge, PART);
        decide(
                store,
                isRestarted ? judge(store, JudgingWorld.settings(models, promoted, clock)) : judge,
                2 * PART);
        return store.decided;
    }

    private ShardJudge judge(InMemoryDecisionStore store, Settings settings) {
        return new ShardJudge(store, settings, Duration.ofDays(1), clock);
    }

    private static void decide(InMemoryDecisionStore store, ShardJudge judge, int from) {
        ShardLease lease = store.acquire(0, "worker", LEASE).orElseThrow();
        List<ReceivedTransaction> part =
                IntStream.range(from, from + PART).mapToObj(i -> payment(i, 13)).toList();
        store.decide(lease, from, part, List.of(), judge::judge);
    }

    private static ReceivedTransaction payment(int number, int spread) {
        boolean isStrange = number % 10 == 9;
        return TransactionSamples.payment(
                TENANT,
                "p" + number,
                "acc-" + number % 4,
                isStrange ? 4_000 + number : 10 + number % spread,
                START.plusSeconds(200L * number));
    }

    private static byte[] model(long seed, int spread) {
        List<Transaction> past =
                IntStream.range(0, 3_000)
                        .filter(i -> i % 10 != 9)
                        .mapToObj(i -> payment(i, spread).transaction())
                        .toList();
        DecisionSettings settings = new DecisionSettings(0.55, 0.7, List.of());
        return new Training(FeatureSet.STANDARD, DecisionModel.MODELS, 0.5, settings, seed)
                .learn(new FeatureEngine(FeatureSet.STANDARD), past)
                .toBytes();
    }
}
