package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.PaymentFeedback.Verdict;
import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.review.ReviewStore;
import dev.vedette.transaction.scoring.JudgedTransaction;
import dev.vedette.transaction.scoring.ShardLease;
import dev.vedette.transaction.scoring.TransactionQueries;
import dev.vedette.transaction.scoring.TransactionSamples;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link ReviewStore} on a database. */
abstract class ReviewSuite {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));
    private static final int SHARD = 6;
    private static final double REVIEW = 0.55;

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());

    abstract TestDatabase database();

    private ReviewStore store() {
        return new TimescaleReviewStore(database().tenants());
    }

    @AfterEach
    void free() {
        database().execute("UPDATE transaction_shard SET owner = NULL, expires_at = '-infinity'");
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(60));
    }

    private void decide(Outcome outcome, String... ids) {
        TimescaleDecisionStore store = new TimescaleDecisionStore(database().workers());
        ShardLease lease = store.acquire(SHARD, "a", Duration.ofSeconds(30)).orElseThrow();
        List<ReceivedTransaction> payments =
                IntStream.range(0, ids.length)
                        .mapToObj(i ->
                                TransactionSamples.payment(
                                        tenant, ids[i], "acc-1", 12.5, NOW.plusSeconds(i)))
                        .toList();
        store.decide(
                lease,
                lease.seq(),
                payments,
                List.of(),
                fresh ->
                        TransactionSamples.judged(fresh, outcome, "3").stream()
                                .map(ReviewSuite::shadowed)
                                .toList());
    }

    /** Version 4 in shadow finds p1 strange, and all else ordinary. */
    private static JudgedTransaction shadowed(JudgedTransaction one) {
        Decision decided = one.decision();
        SortedMap<String, Double> parts = new TreeMap<>(decided.parts());
        boolean isStrange = one.received().transaction().id().equals("p1");
        parts.put("shadow:4", isStrange ? REVIEW : REVIEW - 0.01);
        return new JudgedTransaction(
                one.received(),
                new Decision(
                        decided.score(),
                        decided.outcome(),
                        decided.reasons(),
                        parts,
                        decided.versions()),
                one.features(),
                one.rules(),
                one.decidedAt());
    }

    private boolean say(TenantId of, String id, Verdict verdict, int minute) {
        Instant at = NOW.plusSeconds(60L * minute);
        return await(store().add(of, new PaymentFeedback(id, verdict, "seen", "ann", at)));
    }

    private List<String> queue(double share, Optional<TransactionQueries.Position> after) {
        return await(store().queue(tenant, share, LONG_AGO, after, 1000)).stream()
                .map(one -> one.received().transaction().id())
                .toList();
    }

    @Test
    void wordsAreKeptNewestFirstAndOfKnownTransactionsOnly() {
        decide(Outcome.REVIEW, "p1");
        assertEquals(Optional.of(List.of()), await(store().of(tenant, "p1")));
        assertTrue(say(tenant, "p1", Verdict.FRAUD, 1));
        assertTrue(say(tenant, "p1", Verdict.LEGITIMATE, 2));
        assertTrue(!say(tenant, "nowhere", Verdict.FRAUD, 3));
        TenantId other = new TenantId("other");
        assertTrue(!say(other, "p1", Verdict.FRAUD, 3), "it is another tenant's");
        assertEquals(
                List.of(Verdict.LEGITIMATE, Verdict.FRAUD),
                await(store().of(tenant, "p1")).orElseThrow().stream()
                        .map(PaymentFeedback::verdict)
                        .toList());
        assertEquals(Optional.empty(), await(store().of(tenant, "nowhere")));
        assertEquals(Optional.empty(), await(store().of(other, "p1")));
    }

    @Test
    void newestWordOfEachThatWasSpokenOf() {
        decide(Outcome.REVIEW, "p1", "p2", "p3");
        say(tenant, "p1", Verdict.FRAUD, 1);
        say(tenant, "p1", Verdict.LEGITIMATE, 2);
        say(tenant, "p2", Verdict.UNSURE, 1);
        List<String> asked = List.of("p1", "p2", "p3", "nowhere");
        assertEquals(
                Map.of("p1", Verdict.LEGITIMATE, "p2", Verdict.UNSURE),
                await(store().newest(tenant, asked)));
        assertEquals(Map.of(), await(store().newest(new TenantId("other"), asked)));
    }

    @Test
    void queueHasFlaggedOnesAndAStableShareOfTheOthersUntilSomebodySpeaks() {
        String[] approved =
                IntStream.range(0, 2000).mapToObj(i -> "ok-" + i).toArray(String[]::new);
        decide(Outcome.APPROVE, approved);
        decide(Outcome.REVIEW, "p1", "p2");
        assertEquals(List.of("p2", "p1"), queue(0, Optional.empty()));
        List<String> sampled = queue(0.05, Optional.empty());
        assertTrue(
                sampled.size() > 2 + 50 && sampled.size() < 2 + 160,
                "2000 by 0.05 are about 100: " + sampled.size());
        assertEquals(sampled, queue(0.05, Optional.empty()), "the choice stays");
        assertTrue(queue(0.1, Optional.empty()).containsAll(sampled), "a larger share has them");
        say(tenant, "p1", Verdict.UNSURE, 1);
        assertEquals(List.of("p2"), queue(0, Optional.empty()));
        assertEquals(
                List.of(),
                queue(0, Optional.of(new TransactionQueries.Position(NOW.plusSeconds(1), "p2"))));
        assertEquals(
                List.of(),
                await(store().queue(tenant, 1, NOW.plusSeconds(9999), Optional.empty(), 10)));
    }

    @Test
    void precisionFollowsTheNewestWordOfEach() {
        decide(Outcome.REVIEW, "p1", "p2", "p3");
        decide(Outcome.APPROVE, "ok");
        assertEquals(List.of(), await(store().precision(tenant, LONG_AGO, REVIEW)));
        say(tenant, "p1", Verdict.FRAUD, 1);
        say(tenant, "p2", Verdict.FRAUD, 2);
        say(tenant, "p2", Verdict.LEGITIMATE, 3);
        say(tenant, "p3", Verdict.UNSURE, 4);
        say(tenant, "ok", Verdict.LEGITIMATE, 5);
        List<Precision> found = await(store().precision(tenant, LONG_AGO, REVIEW));
        assertEquals(
                List.of(
                        new Precision(Precision.Kind.MODEL, "3", "", 1, 1, 1),
                        new Precision(Precision.Kind.MODEL, "4", "shadow", 1, 0, 0),
                        new Precision(Precision.Kind.RULE, "big", "enabled", 1, 2, 1),
                        new Precision(Precision.Kind.SAMPLE, "", "", 0, 1, 0)),
                found);
        assertEquals(OptionalDouble.of(0.5), found.getFirst().share());
        assertEquals(List.of(), await(store().precision(tenant, NOW.plusSeconds(9999), REVIEW)));
        assertEquals(List.of(), await(store().precision(new TenantId("other"), LONG_AGO, REVIEW)));
    }
}
