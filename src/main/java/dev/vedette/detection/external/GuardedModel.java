package dev.vedette.detection.external;

import dev.vedette.detection.engine.ExternalModel;
import dev.vedette.detection.engine.ExternalModelException;
import dev.vedette.detection.engine.ExternalModelException.Reason;
import dev.vedette.detection.engine.MerlionAnomalyEngine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * A model that is not asked while it fails, nor by too many at once. Every request that brings no
 * answer is counted by its reason; a change of state is one line in the log.
 */
final class GuardedModel implements ExternalModel {
    private static final Logger LOG = Logger.getLogger(GuardedModel.class);
    private static final int WAITING_PER_RUNNING = 8;

    private final ExternalModel model;
    private final MeterRegistry metrics;
    private final TypedGuard<Scores> guard;
    private volatile boolean isAvailable = true;

    GuardedModel(ExternalModel model, ExternalEngineConfig config, MeterRegistry metrics) {
        this.model = model;
        this.metrics = metrics;
        this.guard =
                TypedGuard.create(Scores.class)
                        .withDescription("external engine")
                        .withBulkhead()
                        .limit(config.concurrency())
                        .queueSize(WAITING_PER_RUNNING * config.concurrency())
                        .enableSynchronousQueueing()
                        .done()
                        .withCircuitBreaker()
                        .requestVolumeThreshold(4)
                        .failureRatio(0.5)
                        .delay(config.rest().toMillis(), ChronoUnit.MILLIS)
                        .when(GuardedModel::isFailure)
                        .onStateChange(this::changed)
                        .done()
                        .build();
        Gauge.builder("vedette_external_engine_available", this, one -> one.isAvailable ? 1 : 0)
                .description("1 while the external engine is asked, 0 while its circuit is open")
                .tag("engine", MerlionAnomalyEngine.ID)
                .register(metrics);
        for (Reason reason : Reason.values()) {
            count(reason, 0); // so that a rate can be taken from the start
        }
    }

    @Override
    public Scores detect(long[] epochMillis, double[] values) {
        return guarded("detect", () -> model.detect(epochMillis, values));
    }

    @Override
    public Scores update(byte[] state, long[] epochMillis, double[] values) {
        return guarded("update", () -> model.update(state, epochMillis, values));
    }

    private Scores guarded(String operation, Supplier<Scores> call) {
        try {
            return guard.get(() -> timed(operation, call));
        } catch (CircuitBreakerOpenException e) {
            throw fallBack(new ExternalModelException(Reason.CIRCUIT_OPEN, "failed lately"));
        } catch (BulkheadException e) {
            throw fallBack(new ExternalModelException(Reason.BUSY, "too many requests at once"));
        } catch (ExternalModelException e) {
            throw fallBack(e);
        }
    }

    private Scores timed(String operation, Supplier<Scores> call) {
        Timer.Sample sample = Timer.start(metrics);
        String outcome = "failure";
        try {
            Scores scores = call.get();
            outcome = "success";
            return scores;
        } finally {
            sample.stop(
                    metrics.timer(
                            "vedette_external_engine_request_duration_seconds",
                            "engine",
                            MerlionAnomalyEngine.ID,
                            "operation",
                            operation,
                            "outcome",
                            outcome));
        }
    }

    private ExternalModelException fallBack(ExternalModelException why) {
        count(why.reason(), 1);
        LOG.debugf(
                "external engine gave no answer engine=%s reason=%s detail=%s",
                MerlionAnomalyEngine.ID, why.reason().label(), why.getMessage());
        return why;
    }

    private void count(Reason reason, int times) {
        metrics.counter(
                        "vedette_external_engine_fallback_total",
                        "engine",
                        MerlionAnomalyEngine.ID,
                        "reason",
                        reason.label())
                .increment(times);
    }

    /** Whether the engine is to blame: being asked too much or too busily is no failure of it. */
    private static boolean isFailure(Throwable thrown) {
        return thrown instanceof ExternalModelException why
                && switch (why.reason()) {
                    case TIMEOUT, UNAVAILABLE, REFUSED, INVALID_ANSWER -> true;
                    case CIRCUIT_OPEN, BUSY, TOO_MANY_POINTS -> false;
                };
    }

    private void changed(CircuitBreakerState state) {
        switch (state) {
            case OPEN -> {
                if (isAvailable) {
                    isAvailable = false;
                    LOG.warnf(
                            "external engine fails, the default engine judges in its place"
                                    + " engine=%s",
                            MerlionAnomalyEngine.ID);
                }
            }
            case CLOSED -> {
                isAvailable = true;
                LOG.infof("external engine answers again engine=%s", MerlionAnomalyEngine.ID);
            }
            case HALF_OPEN -> {} // being tried: no news yet
        }
    }
}
