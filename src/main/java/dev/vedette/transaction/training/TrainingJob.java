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
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Asks for trainings when models have become old, and works trainings off, one at a time in each
 * worker.
 */
@ApplicationScoped
class TrainingJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(TrainingJob.class);

    /** Author of what nobody asked for. */
    private static final String SERVICE = "service";

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
        for (TenantId tenant :
                store.wanting(config.fewestTransactions(), config.trainingAge(), TENANTS)) {
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
        boolean isFirst = trained.version() == 1 && run.author().equals(SERVICE);
        ModelVersion.State to =
                switch (isFirst ? TrainingRun.Next.PROMOTE : run.request().next()) {
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

    private Counter ended(JobState state) {
        return metrics.counter(
                "vedette_model_trainings_total", "outcome", state.name().toLowerCase(Locale.ROOT));
    }
}
