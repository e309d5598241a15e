package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.scheduling.JobState;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.scoring.DecisionStore;
import dev.vedette.transaction.scoring.FeatureStore;
import dev.vedette.transaction.scoring.JudgedTransaction;
import dev.vedette.transaction.scoring.ModelStore;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.ModelVersion.State;
import dev.vedette.transaction.scoring.NewModel;
import dev.vedette.transaction.scoring.ShardLease;
import dev.vedette.transaction.scoring.TransactionSamples;
import dev.vedette.transaction.training.AlertVolume;
import dev.vedette.transaction.training.AlertVolumes;
import dev.vedette.transaction.training.TrainingRun;
import dev.vedette.transaction.training.TrainingStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Storage of models, of their trainings, and of how much they give people to look at. */
abstract class ModelSuite {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SHARD = 5;

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final TenantId other = new TenantId("o-" + UUID.randomUUID());
    private ModelStore models = new TimescaleModelStore(database().tenants());
    private TrainingStore trainings =
            new TimescaleTrainingStore(database().tenants(), database().workers());
    private AlertVolumes volumes =
            new TimescaleAlertVolumes(database().tenants(), database().workers());

    abstract TestDatabase database();

    @BeforeEach
    void open() {
        models = new TimescaleModelStore(database().tenants());
        trainings = new TimescaleTrainingStore(database().tenants(), database().workers());
        volumes = new TimescaleAlertVolumes(database().tenants(), database().workers());
    }

    @AfterEach
    void end() {
        database().execute("UPDATE transaction_shard SET owner = NULL, expires_at = '-infinity'");
        database().execute("DELETE FROM model_training");
        database().execute("DELETE FROM model_version");
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(60));
    }

    private ModelVersion register(byte... bytes) {
        NewModel model =
                new NewModel(
                        "decision",
                        Map.of("models", "ecod"),
                        Map.of("learnt", 100.0),
                        bytes,
                        "ann");
        return await(models.register(tenant, model, NOW));
    }

    private Optional<ModelVersion> promote(int version, int minute) {
        return await(
                models.move(tenant, version, State.PROMOTED, "", NOW.plusSeconds(60L * minute)));
    }

    private Optional<Integer> rollBack(OptionalInt from) {
        return await(models.rollBack(tenant, from, "too many alerts", NOW.plusSeconds(3600)))
                .map(ModelVersion::version);
    }

    private List<State> states() {
        return await(models.versions(tenant)).reversed().stream().map(ModelVersion::state).toList();
    }

    @Test
    void onlyOneModelIsPromotedAndTheOneBeforeRetired() {
        ModelVersion first = register((byte) 1, (byte) 2);
        ModelVersion second = register((byte) 4);
        assertEquals(List.of(1, 2), List.of(first.version(), second.version()));
        assertEquals(Map.of("models", "ecod"), first.parameters());
        assertArrayEquals(new byte[] {1, 2}, await(models.artefact(tenant, 1)).orElseThrow());
        assertEquals(Optional.empty(), await(models.artefact(other, 1)));
        promote(1, 0);
        promote(2, 1);
        assertEquals(List.of(State.RETIRED, State.PROMOTED), states());
        assertEquals(Optional.empty(), promote(9, 2));
        assertEquals(Optional.empty(), await(models.move(other, 1, State.PROMOTED, "", NOW)));
        assertEquals(List.of(State.RETIRED, State.PROMOTED), states());
    }

    @Test
    void rollingBackTwiceGoesBackTwice() {
        IntStream.rangeClosed(1, 4).forEach(i -> register((byte) i));
        IntStream.rangeClosed(1, 3).forEach(i -> promote(i, i));
        assertEquals(Optional.of(2), rollBack(OptionalInt.empty()));
        assertEquals(
                List.of(State.RETIRED, State.PROMOTED, State.RETIRED, State.REGISTERED), states());
        assertEquals("too many alerts", await(models.versions(tenant)).get(1).note());
        assertEquals(Optional.of(1), rollBack(OptionalInt.empty()));
        assertEquals(Optional.empty(), rollBack(OptionalInt.empty()));
        assertEquals(
                List.of(State.PROMOTED, State.RETIRED, State.RETIRED, State.REGISTERED), states());
    }

    @Test
    void rollBackOfAVersionThatDecidesNoMoreChangesNothing() {
        IntStream.rangeClosed(1, 2).forEach(i -> register((byte) i));
        IntStream.rangeClosed(1, 2).forEach(i -> promote(i, i));
        assertEquals(Optional.empty(), rollBack(OptionalInt.of(1)));
        assertEquals(List.of(State.RETIRED, State.PROMOTED), states());
        assertEquals(Optional.of(1), rollBack(OptionalInt.of(2)));
        assertEquals(Optional.empty(), rollBack(OptionalInt.of(2)));
    }

    @Test
    void volumeIsOfTheDecidingModelAndItsShadowsSinceTheyWereMoved() {
        IntStream.rangeClosed(1, 3).forEach(i -> register((byte) i));
        promote(1, 0);
        await(models.move(tenant, 3, State.SHADOW, "", NOW));
        DecisionStore decisions = new TimescaleDecisionStore(database().workers());
        ShardLease lease = decisions.acquire(SHARD, "a", DAY).orElseThrow();
        List<ReceivedTransaction> of =
                IntStream.range(0, 10)
                        .mapToObj(i ->
                                TransactionSamples.payment(
                                        tenant, "p" + i, "acc", 5, NOW.plusSeconds(i)))
                        .toList();
        decisions.decide(lease, lease.seq(), of, List.of(), ModelSuite::judged);
        assertEquals(
                Map.of(1, new AlertVolume(9, 3), 3, new AlertVolume(9, 9)),
                await(volumes.of(tenant, 100, 0.55)));
        assertEquals(
                Map.of(1, new AlertVolume(2, 2), 3, new AlertVolume(2, 2)),
                await(volumes.of(tenant, 2, 0.55)));
        assertEquals(Map.of(), await(volumes.of(other, 100, 0.55)));
        promote(2, 1);
        assertEquals(Map.of(3, new AlertVolume(9, 9)), await(volumes.of(tenant, 100, 0.55)));
    }

    /**
     * By model 1 with 3 in shadow, the last three alerts, the first decided before they were moved.
     */
    private static List<JudgedTransaction> judged(List<ReceivedTransaction> received) {
        List<JudgedTransaction> judged = TransactionSamples.judged(received, Outcome.APPROVE, "1");
        return IntStream.range(0, judged.size())
                .mapToObj(i -> {
                    JudgedTransaction one = judged.get(i);
                    Decision decision =
                            new Decision(
                                    0.9,
                                    Outcome.REVIEW,
                                    List.of(),
                                    new TreeMap<>(
                                            Map.of(
                                                    "without_rules",
                                                    i > 6 ? 0.55 : 0.2,
                                                    "shadow:3",
                                                    0.7)),
                                    one.decision().versions());
                    return new JudgedTransaction(
                            one.received(),
                            decision,
                            one.features(),
                            one.rules(),
                            NOW.plusSeconds(i - 1));
                })
                .toList();
    }

    @Test
    void promotedModelIsGivenToOneWatcherInAnInterval() {
        register((byte) 1);
        promote(1, 0);
        assertTrue(volumes.unwatched(DAY, 1000).contains(tenant));
        assertTrue(!volumes.unwatched(DAY, 1000).contains(tenant));
        assertTrue(volumes.unwatched(Duration.ofSeconds(-1), 1000).contains(tenant));
    }

    @Test
    void featuresAreStoredAsVersionsAndOnlyOverTheOneThatWasSeen() {
        FeatureStore features = new TimescaleFeatureStore(database().tenants());
        FeatureSet set = FeatureSet.STANDARD;
        FeatureSet less = new FeatureSet(set.specs().subList(0, 12));
        assertEquals(Optional.empty(), await(features.current(tenant)));
        assertEquals(Optional.empty(), await(features.put(tenant, set, 3, "ann", NOW)));
        assertEquals(
                1,
                await(features.put(tenant, less, 0, "ann", NOW))
                        .orElseThrow()
                        .declared()
                        .version());
        FeatureStore.Stored second = await(features.put(tenant, set, 1, "bob", NOW)).orElseThrow();
        assertEquals(Optional.empty(), await(features.put(tenant, less, 1, "ann", NOW)));
        assertEquals(Optional.of(second), await(features.current(tenant)));
        assertEquals(
                List.of(set, less),
                await(features.versions(tenant)).stream()
                        .map(one -> one.declared().set())
                        .toList());
        assertEquals(Optional.empty(), await(features.current(other)));
    }

    private TrainingRun queued() {
        TrainingRun run =
                TrainingRun.queued(tenant, TrainingRun.Request.USUALLY, "ann", Instant.now());
        return await(trainings.create(run)).orElseThrow();
    }

    @Test
    void oneTrainingOfATenantWaitsOrRunsAndIsHeldByOneWorker() {
        TrainingRun run = queued();
        assertEquals(
                Optional.empty(),
                await(
                        trainings.create(
                                TrainingRun.queued(
                                        tenant, TrainingRun.Request.USUALLY, "bob", NOW))));
        TrainingStore.Task task = trainings.take("a", DAY).orElseThrow();
        assertEquals(run.id(), task.run().id());
        assertEquals(Optional.empty(), trainings.take("b", DAY));
        trainings.complete(task, 3);
        TrainingRun done = await(trainings.find(tenant, run.id())).orElseThrow();
        assertEquals(JobState.COMPLETED, done.state());
        assertEquals(OptionalInt.of(3), done.version());
        assertEquals(TrainingRun.Request.USUALLY, done.request());
        assertEquals(Optional.empty(), await(trainings.find(other, run.id())));
        TrainingRun next = queued();
        assertEquals(
                List.of(next.id(), run.id()),
                await(trainings.list(tenant)).stream().map(TrainingRun::id).toList());
    }

    @Test
    void trainingOfALostWorkerIsTakenByAnotherAndTheFirstSaysNoMore() {
        queued();
        TrainingStore.Task lost = trainings.take("a", Duration.ofSeconds(-1)).orElseThrow();
        TrainingStore.Task task = trainings.take("b", DAY).orElseThrow();
        assertEquals(List.of(1, 2), List.of(lost.attempt(), task.attempt()));
        trainings.complete(lost, 1);
        trainings.fail(task, "too few");
        TrainingRun failed = await(trainings.find(tenant, task.run().id())).orElseThrow();
        assertEquals(Optional.of("too few"), failed.failure());
        assertEquals(OptionalInt.empty(), failed.version());
    }

    @Test
    void tenantWithEnoughTransactionsWantsAModelUntilItHasOneOrAsked() {
        tenantWithTwoTransactions();
        assertEquals(List.of(), wanting(3));
        assertEquals(List.of(tenant), wanting(2));
        queued();
        assertEquals(List.of(), wanting(2));
        database().execute("DELETE FROM model_training");
        assertEquals(List.of(tenant), wanting(2));
        await(
                models.register(
                        tenant,
                        new NewModel("decision", Map.of(), Map.of(), new byte[1], "a"),
                        Instant.now()));
        assertEquals(List.of(), wanting(2));
    }

    @Test
    void modelOfFewTransactionsIsWantedAgainOnceTheyAreTwiceAsMany() {
        tenantWithTwoTransactions();
        trained("service", 2);
        assertEquals(List.of(), wanting(2));
        trained("service", 1);
        assertEquals(List.of(tenant), wanting(2));
        assertEquals(List.of(), wanting(3), "fewer than a model needs");
        queued();
        assertEquals(List.of(), wanting(2), "it is asked for already");
        database().execute("DELETE FROM model_training");
        trained("alice", 1);
        assertEquals(List.of(), wanting(2), "somebody has taken models in hand");
    }

    private void tenantWithTwoTransactions() {
        await(
                new TimescaleTenantStore(database().workers())
                        .insert(
                                new Tenant(
                                        tenant, "T", ZoneOffset.UTC, TenantLimits.DEFAULT, NOW)));
        DecisionStore decisions = new TimescaleDecisionStore(database().workers());
        ShardLease lease = decisions.acquire(SHARD, "a", DAY).orElseThrow();
        decisions.decide(
                lease,
                lease.seq(),
                List.of(
                        TransactionSamples.payment(tenant, "m1", "acc", 5, NOW),
                        TransactionSamples.payment(tenant, "m2", "acc", 5, NOW)),
                List.of(),
                fresh -> TransactionSamples.judged(fresh, Outcome.APPROVE));
    }

    private void trained(String author, int transactions) {
        Map<String, Double> metrics = Map.of("learnt", transactions - 0.2, "judged", 0.2);
        NewModel model = new NewModel("decision", Map.of(), metrics, new byte[1], author);
        await(models.register(tenant, model, Instant.now()));
    }

    private List<TenantId> wanting(int transactions) {
        TrainingStore.Want want = new TrainingStore.Want(transactions, DAY, "service", 2, 10);
        return trainings.wanting(want, 1000).stream().filter(tenant::equals).toList();
    }
}
