package dev.vedette.transaction.mlflow;

import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.transaction.scoring.ModelStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells MLflow of versions and of their states, when a server is configured. While it is away
 * nothing else waits for it: versions are registered, promoted and score, and are told once it is
 * back.
 */
@ApplicationScoped
class MlflowJob implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(MlflowJob.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 20;

    private final Optional<MlflowRegistry> registry;
    private final UntoldModels untold;
    private final ModelStore models;
    private final MlflowConfig config;
    private final InstantSource clock;
    private final Counter told;
    private final Counter failed;
    private volatile boolean isAvailable = true;

    MlflowJob(
            UntoldModels untold,
            ModelStore models,
            MlflowConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.untold = untold;
        this.models = models;
        this.config = config;
        this.clock = clock;
        registry =
                config.url()
                        .map(url -> new MlflowClient(url, config))
                        .map(client -> new MlflowRegistry(client, config.prefix()));
        told = metrics.counter("vedette_mlflow_publications_total", "outcome", "told");
        failed = metrics.counter("vedette_mlflow_publications_total", "outcome", "failed");
        if (registry.isPresent()) {
            Gauge.builder("vedette_mlflow_available", this, one -> one.isAvailable ? 1 : 0)
                    .description("1 while MLflow answers, 0 while models wait for it")
                    .register(metrics);
        }
    }

    @Override
    public String name() {
        return "tell-mlflow";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(2);
    }

    @Override
    public void run() {
        registry.ifPresent(this::tell);
    }

    private void tell(MlflowRegistry to) {
        List<UntoldModels.Untold> batch;
        do {
            batch = untold.take(config.retryInterval(), AT_ONCE);
            for (UntoldModels.Untold one : batch) {
                try {
                    tell(to, one);
                    told.increment();
                    answers(true, "");
                } catch (MlflowException e) {
                    failed.increment();
                    answers(false, String.valueOf(e.getMessage()));
                }
            }
        } while (batch.size() == AT_ONCE && isAvailable);
    }

    private void tell(MlflowRegistry to, UntoldModels.Untold one) {
        String number = one.number().orElseGet(() -> register(to, one));
        to.tell(one.tenant(), one.version(), number, clock.instant());
        untold.told(one);
    }

    private String register(MlflowRegistry to, UntoldModels.Untold one) {
        byte[] artefact =
                models.artefact(one.tenant(), one.version().version())
                        .await()
                        .atMost(PATIENCE)
                        .orElseThrow(() -> new MlflowException("the model is gone"));
        String number = to.register(one.tenant(), one.version(), artefact);
        untold.numbered(one, number);
        return number;
    }

    private void answers(boolean does, String why) {
        if (does && !isAvailable) {
            LOG.info("MLflow answers again, models that waited are told");
        } else if (!does && isAvailable) {
            LOG.warnf("MLflow fails, models wait for it and go on without: %s", why);
        }
        isAvailable = does;
    }
}
