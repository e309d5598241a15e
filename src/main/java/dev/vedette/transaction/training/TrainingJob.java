package dev.vedette.transaction.training;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.scheduling.JobState;
import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.scheduling.QueueWorker;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks for trainings when models have become old, and works trainings off, one at a time in each
 * worker.
 */
@ApplicationScoped
class TrainingJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(TrainingJob.class);

    /** Author of what nobody asked for. */
    static final String SERVICE = "service";

    /**
     * How many times as many transactions there are when a model of few is followed by another: the
     * first payments of accounts teach little of their habits.
     */
    private static final int GROWTH = 2;

    /** As many are learnt at most, so that there is nothing to grow to from the half on. */
    private static final int YOUNG = TrainingRun.Request.USUAL / GROWTH;

    /** From so many times as many learnt a model decides instead of the one before it. */
    private static final double OUTGROWN = 1.5;

    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int TENANTS = 100;

    /** A training that takes a worker down with it is not tried for ever. */
    private static final int ATTEMPTS = 3;

    private final TrainingStore store;
    private final ModelTrainer trainer;
    private final Models models;
    private final ModelsConfig config;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final QueueWorker<TrainingStore.Task> worker;
    private Instant lookAt = Instant.MIN;

    TrainingJob(
            TrainingStore store,
            ModelTrainer trainer,
            Models models,
            ModelsConfig config,
            MeterRegistry metrics,
            InstantSource clock) {
        this.store = store;
        this.trainer = trainer;
        this.models = models;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.worker =
                new QueueWorker<>("training", owner -> store.take(owner, LEASE), this::workOff);
        ended(JobState.COMPLETED);
        ended(JobState.FAILED);
    }

    @Override
    public String name() {
        return "train-models";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        try {
            ask();
        } catch (RuntimeException e) {
            LOG.warnf("trainings wait: %s", e.getMessage());
        }
        worker.run();
    }

    @Override
    public void askToStop() {
        worker.stop();
    }

    private void ask() {
        Instant now = clock.instant();
        if (!config.scheduled() || now.isBefore(lookAt)) {
            return;
        }
        lookAt = now.plus(LOOK);
        TrainingRun.Request usual = TrainingRun.Request.USUALLY;
        TrainingRun.Request request =
                new TrainingRun.Request(
                        usual.kinds(), usual.share(), usual.most(), config.scheduledNext());
        TrainingStore.Want want =
                new TrainingStore.Want(
                        config.fewestTransactions(), config.trainingAge(), SERVICE, GROWTH, YOUNG);
        for (TenantId tenant : store.wanting(want, TENANTS)) {
            store.create(TrainingRun.queued(tenant, request, SERVICE, now))
                    .await()
                    .atMost(PATIENCE);
        }
    }

    private void workOff(TrainingStore.Task task) {
        TrainingRun run = task.run();
        try {
            if (task.attempt() > ATTEMPTS) {
                throw new IllegalStateException(
                        "given up: a worker was lost at it " + ATTEMPTS + " times");
            }
            ModelVersion trained = trainer.train(run);
            use(run, trained);
            store.complete(task, trained.version());
            ended(JobState.COMPLETED).increment();
            LOG.infof(
                    "model trained tenant=%s version=%d metrics=%s",
                    run.tenant(), trained.version(), trained.metrics());
        } catch (StorageUnavailableException e) {
            // Nothing can be said to the database; the lease ends and somebody tries again.
            throw e;
        } catch (RuntimeException e) {
            // One tenant's data spoils only its own model.
            LOG.warnf("no model trained tenant=%s: %s", run.tenant(), e.getMessage());
            store.fail(task, String.valueOf(e.getMessage()));
            ended(JobState.FAILED).increment();
        }
    }

    private void use(TrainingRun run, ModelVersion trained) {
        boolean isWanted = run.author().equals(SERVICE) && outgrows(run.tenant(), trained);
        ModelVersion.State to =
                switch (isWanted ? TrainingRun.Next.PROMOTE : run.request().next()) {
                    case REGISTER -> ModelVersion.State.REGISTERED;
                    case SHADOW -> ModelVersion.State.SHADOW;
                    case PROMOTE -> ModelVersion.State.PROMOTED;
                };
        if (to != ModelVersion.State.REGISTERED) {
            models.moveAsTrained(run.tenant(), trained.version(), to, run.author())
                    .await()
                    .atMost(PATIENCE);
        }
    }

    /**
     * Whether it is the tenant's first, or learnt from far more than the one before it while nobody
     * has taken models in hand: none was asked for or brought, or taken out of use.
     */
    private boolean outgrows(TenantId tenant, ModelVersion trained) {
        List<ModelVersion> before =
                models.versions(tenant).await().atMost(PATIENCE).stream()
                        .filter(one -> one.version() < trained.version())
                        .toList();
        if (before.isEmpty()) {
            return true;
        }
        return before.stream().allMatch(one -> one.author().equals(SERVICE))
                && lastToDecide(before)
                        .filter(last -> learnt(trained) >= OUTGROWN * learnt(last))
                        .isPresent();
    }

    /** Empty when a person took it out of use, of which there is no note. */
    private static Optional<ModelVersion> lastToDecide(List<ModelVersion> newestFirst) {
        return newestFirst.stream()
                .filter(one -> one.state() == ModelVersion.State.PROMOTED)
                .findFirst()
                .or(() ->
                        newestFirst.stream()
                                .filter(one -> one.state() == ModelVersion.State.RETIRED)
                                .findFirst()
                                .filter(one -> !one.note().isEmpty()));
    }

    private static double learnt(ModelVersion version) {
        return version.metrics().getOrDefault(TrialMetrics.LEARNT, Double.POSITIVE_INFINITY);
    }

    private Counter ended(JobState state) {
        return metrics.counter(
                "vedette_model_trainings_total", "outcome", state.name().toLowerCase(Locale.ROOT));
    }
}
