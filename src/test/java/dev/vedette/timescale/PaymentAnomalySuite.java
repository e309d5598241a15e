package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.aggregation.TenantRollups;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.alerting.Matcher;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyFeed;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.explanation.Phrases;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentGrouper;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentReach;
import dev.vedette.incident.IncidentWords;
import dev.vedette.incident.Regrouping;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.scoring.ShardLease;
import dev.vedette.transaction.scoring.TransactionSamples;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flagged payment is an anomaly as any other: in lists, feed, incidents, alerts and scores. */
abstract class PaymentAnomalySuite {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int SHARD = 5;

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());

    abstract TestDatabase database();

    @AfterEach
    void free() {
        database().execute("UPDATE transaction_shard SET owner = NULL, expires_at = '-infinity'");
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(60));
    }

    private ReceivedTransaction payment(String id, String account, String merchant, int minute) {
        Instant at = NOW.plusSeconds(60L * minute);
        return TransactionSamples.payment(tenant, id, account, merchant, 12.5, at);
    }

    private void decide(Outcome outcome, ReceivedTransaction... payments) {
        TimescaleDecisionStore store = new TimescaleDecisionStore(database().workers());
        ShardLease lease = store.acquire(SHARD, "a", Duration.ofSeconds(30)).orElseThrow();
        store.decide(
                lease,
                lease.seq(),
                List.of(payments),
                List.of(),
                fresh -> TransactionSamples.judged(fresh, outcome));
    }

    private List<Anomaly> anomalies(Optional<AnomalySource> source) {
        AnomalyQueries.Filter all = AnomalyQueries.Filter.ALL;
        AnomalyQueries.Filter filter =
                new AnomalyQueries.Filter(
                        all.from(),
                        all.to(),
                        all.clusterId(),
                        all.nodeId(),
                        all.metricName(),
                        all.label(),
                        0,
                        all.status(),
                        source);
        return await(
                new TimescaleAnomalyQueries(database().tenants())
                        .list(tenant, filter, Optional.empty(), 100));
    }

    private void regroup() {
        IncidentGrouper grouper = new IncidentGrouper(IncidentReach.DEFAULT);
        IncidentWords words = new IncidentWords(Phrases.ENGLISH);
        new TimescaleIncidentStore(database().workers())
                .regroupDue(
                        1000,
                        IncidentReach.DEFAULT.longest(),
                        around ->
                                Regrouping.of(grouper, words, around.symptoms(), around.before()));
    }

    private List<Incident> incidents() {
        return await(
                new TimescaleIncidentQueries(database().tenants())
                        .list(tenant, IncidentQueries.Filter.ALL, Optional.empty(), 100));
    }

    @Test
    void flaggedPaymentIsListedWithItsSourceLabelsAndEvidence() {
        decide(Outcome.REVIEW, payment("p1", "acc-1", "kiosk", 0));
        decide(Outcome.APPROVE, payment("p2", "acc-1", "kiosk", 1));
        Anomaly found = anomalies(Optional.of(AnomalySource.TRANSACTION)).getFirst();
        assertEquals(List.of(found), anomalies(Optional.empty()));
        assertEquals(List.of(), anomalies(Optional.of(AnomalySource.METRIC)));
        assertEquals(AnomalySource.TRANSACTION, found.place().source());
        assertEquals("acc-1", found.place().nodeId());
        assertEquals(
                Map.of(
                        "transaction_id", "p1",
                        "merchant", "kiosk",
                        "country", "DE",
                        "channel", "pos"),
                found.place().labels().pairs());
        assertEquals(Optional.of("EUR"), found.place().unit());
        assertEquals(Map.of("rules", 0.75), found.result().evidence());
        assertEquals(12.5, found.result().observed());
        assertTrue(Double.isNaN(found.result().expected()), "there is no band");
        assertEquals("Payment p1 of 12.50 EUR by acc-1: review (too big).", found.explanation());
    }

    @Test
    void declinedPaymentIsCriticalWhateverItsScore() {
        decide(Outcome.DECLINE, payment("p1", "acc-1", "kiosk", 0));
        assertEquals(0.85, anomalies(Optional.empty()).getFirst().result().anomalyScore());
    }

    @Test
    void feedTellsOfFlaggedPaymentsOnceAndOnlyTheirTenant() {
        AnomalyFeed feed = new TimescaleAnomalyFeed(database().workers());
        List<Long> before = await(feed.position());
        assertEquals(AnomalyFeed.LINES, before.size());
        decide(
                Outcome.REVIEW,
                payment("p1", "acc-1", "kiosk", 0),
                payment("p2", "acc-2", "kiosk", 0));
        decide(Outcome.APPROVE, payment("p3", "acc-3", "kiosk", 0));
        List<AnomalyFeed.Change> told = await(feed.after(Optional.of(tenant), before, 100));
        assertEquals(1, told.size());
        assertEquals(AnomalyFeed.lineOfPayments(SHARD), told.getFirst().shard());
        assertEquals(2, told.getFirst().anomalies().size());
        assertEquals(List.of(), await(feed.after(Optional.of(new TenantId("other")), before, 100)));
        assertEquals(
                List.of(), await(feed.after(Optional.of(tenant), await(feed.position()), 100)));
    }

    @Test
    void paymentsOfOneAccountOrToOneMerchantAreOneIncidentAndOthersAreNot() {
        decide(
                Outcome.REVIEW,
                payment("own-1", "acc-1", "kiosk", 0),
                payment("own-2", "acc-1", "cafe", 20),
                payment("shop-1", "acc-2", "pump", 0),
                payment("shop-2", "acc-3", "pump", 4),
                payment("alone", "acc-4", "bakery", 0),
                payment("later", "acc-5", "pump", 10));
        regroup();
        assertEquals(
                List.of(
                        "2 payments of acc-1",
                        "Payment of acc-4",
                        "Payment of acc-5",
                        "Payments of 2 accounts to pump"),
                incidents().stream().map(Incident::title).sorted().toList());
        decide(Outcome.REVIEW, payment("own-3", "acc-1", "kiosk", 30));
        regroup();
        Incident grown =
                incidents().stream()
                        .filter(one -> one.title().equals("3 payments of acc-1"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(3, grown.anomalies());
        assertEquals(
                Map.of(anomalies(Optional.empty()).getFirst().id(), grown.id()),
                await(
                        new TimescaleAnomalyQueries(database().tenants())
                                .incidentsOf(
                                        tenant,
                                        List.of(anomalies(Optional.empty()).getFirst().id()))));
    }

    @Test
    void routeMatchesTheSourceAndTheMerchant() {
        decide(Outcome.REVIEW, payment("p1", "acc-1", "kiosk", 0));
        regroup();
        UUID incident = incidents().getFirst().id();
        IncidentFacts facts =
                database()
                        .workers()
                        .await(connection ->
                                IncidentFactsReader.read(connection, tenant, List.of(incident)))
                        .getFirst();
        assertTrue(Matcher.parse("source=transaction").matches(facts));
        assertTrue(Matcher.parse("label.merchant=kio*").matches(facts));
        assertTrue(Matcher.parse("node=acc-1").matches(facts));
        assertTrue(!Matcher.parse("source=metric").matches(facts));
    }

    private List<String> ranked(ScoreLevel level, AggregationStrategy by, String cluster) {
        ScoreQueries.Question question =
                new ScoreQueries.Question(
                        level,
                        cluster.isEmpty() ? Optional.empty() : Optional.of(cluster),
                        Optional.empty(),
                        Optional.empty(),
                        by,
                        new TimeRange(NOW.minusSeconds(3600), NOW.plusSeconds(3600)),
                        level == ScoreLevel.NODE
                                ? Optional.of(AnomalySource.TRANSACTION)
                                : Optional.empty());
        return await(new TimescaleScoreQueries(database().tenants()).rank(tenant, question, 10))
                .stream()
                .map(one ->
                        one.place().nodeId().orElse("")
                                + " "
                                + one.score()
                                + " "
                                + one.numAnomaliesDetected()
                                + " of "
                                + one.numMetricsAnalyzed())
                .toList();
    }

    @Test
    void scoresOfAccountsMerchantsAndTheTenantFollowFromItsPayments() {
        decide(
                Outcome.REVIEW,
                payment("p1", "acc-1", "kiosk", 0),
                payment("p2", "acc-1", "cafe", 1));
        decide(Outcome.DECLINE, payment("p3", "acc-2", "kiosk", 1));
        decide(Outcome.APPROVE, payment("p4", "acc-3", "bakery", 2));
        decide(Outcome.APPROVE, payment("p5", "acc-3", "bakery", 20));
        assertTrue(TenantRollups.rollUp(new TimescaleRollupStore(database().workers())) > 0);
        assertEquals(
                List.of("acc-2 0.8500000238418579 1 of 1", "acc-1 0.75 2 of 1"),
                ranked(ScoreLevel.NODE, AggregationStrategy.MAX, ""));
        assertEquals(
                List.of("kiosk 0.8500000238418579 2 of 1", "cafe 0.75 1 of 1"),
                ranked(ScoreLevel.MERCHANT, AggregationStrategy.MAX, ""));
        assertEquals(
                List.of(" 0.8500000238418579 3 of 3"),
                ranked(ScoreLevel.TENANT, AggregationStrategy.MAX, ""));
        assertEquals(
                List.of(" 0.8500000238418579 3 of 3"),
                ranked(ScoreLevel.SOURCE, AggregationStrategy.MAX, "transaction"));
    }
}
