package dev.vedette.transaction.training;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.scheduling.PeriodicJob;
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
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Asks for trainings when models have become old, and works trainings off, one at a time in each
 * worker. On a thread of its own: learning would hold a carrier of virtual threads, which decisions
 * run on, for seconds.
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
    private final String owner = ProcessHandle.current().pid() + "/" + UUID.randomUUID();
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
        ended(TrainingRun.State.COMPLETED);
        ended(TrainingRun.State.FAILED);
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
        Thread thread = Thread.ofPlatform().name("training").daemon().start(this::workOff);
        try {
            thread.join();
        } catch (InterruptedException e) {
            // The lease ends, and another worker tries.
            Thread.currentThread().interrupt();
        }
    }

    private void workOff() {
        try {
            ask();
            Optional<TrainingStore.Task> task = store.take(owner, LEASE);
            while (task.isPresent()) {
                workOff(task.get());
                task = store.take(owner, LEASE);
            }
        } catch (RuntimeException e) {
            LOG.warnf("trainings wait: %s", e.getMessage());
        }
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
            ended(TrainingRun.State.COMPLETED).increment();
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
            ended(TrainingRun.State.FAILED).increment();
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

    private Counter ended(TrainingRun.State state) {
        return metrics.counter(
                "vedette_model_trainings_total", "outcome", state.name().toLowerCase(Locale.ROOT));
    }
}
