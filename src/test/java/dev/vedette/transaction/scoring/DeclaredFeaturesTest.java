package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A tenant that declares other features while its transactions come. */
final class DeclaredFeaturesTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final FeatureSet DEVICES =
            new FeatureSet(
                    List.of(
                            FeatureSpec.known(
                                    "by_device",
                                    FeatureFunction.COUNT,
                                    "device",
                                    FeatureWindow.DAY)));

    private final InstantSource clock = InstantSource.fixed(START);
    private final AtomicReference<FeatureDeclarations> declared =
            new AtomicReference<>(FeatureDeclarations.STANDARD);
    private final InMemoryDecisionStore store = new InMemoryDecisionStore();
    private final Settings settings = JudgingWorld.settings(declared::get, clock);
    private final ShardJudge judge = new ShardJudge(store, settings, Duration.ofDays(1), clock);

    private List<JudgedTransaction> decide(int from, int to) {
        ShardLease lease = store.acquire(0, "worker", Duration.ofSeconds(30)).orElseThrow();
        List<ReceivedTransaction> part =
                IntStream.range(from, to)
                        .mapToObj(i ->
                                TransactionSamples.payment(
                                        TENANT, "p" + i, "acc-" + i, 10, START.plusSeconds(i)))
                        .toList();
        return store.decide(lease, from, part, List.of(), judge::judge);
    }

    @Test
    void whatIsNewlyDeclaredKnowsThePastAndOldDecisionsKeepTheirValues() {
        JudgedTransaction before = decide(0, 5).getLast();
        assertEquals("0", before.decision().versions().get("features"));
        assertEquals(FeatureSet.STANDARD.size(), before.features().size());
        declared.set(new FeatureDeclarations(1, DEVICES));
        settings.forget(TENANT);
        JudgedTransaction after = decide(5, 8).getLast();
        assertEquals(Map.of("by_device", 8.0), after.features());
        assertEquals("1", after.decision().versions().get("features"));
        assertEquals(before, store.decided.get(4));
    }

    @Test
    void changeBackGivesTheNumbersThatWereThereWithoutIt() {
        decide(0, 3);
        declared.set(new FeatureDeclarations(1, DEVICES));
        settings.forget(TENANT);
        decide(3, 5);
        declared.set(FeatureDeclarations.STANDARD);
        settings.forget(TENANT);
        JudgedTransaction back = decide(5, 6).getLast();
        InMemoryDecisionStore undisturbed = new InMemoryDecisionStore();
        ShardJudge other =
                new ShardJudge(
                        undisturbed,
                        JudgingWorld.settings(() -> FeatureDeclarations.STANDARD, clock),
                        Duration.ofDays(1),
                        clock);
        List<JudgedTransaction> all =
                other.judge(store.decided.stream().map(JudgedTransaction::received).toList());
        assertEquals(all.getLast().features(), back.features());
    }
}
