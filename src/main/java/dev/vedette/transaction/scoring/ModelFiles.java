package dev.vedette.transaction.scoring;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.feature.FeatureSet;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Stored models as objects that decide. */
@Startup // its counter is there before anything is unreadable
@ApplicationScoped
public class ModelFiles {
    private static final Logger LOG = Logger.getLogger(ModelFiles.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ModelStore store;
    private final ExecutorService virtualThreads;
    private final Counter unreadable;

    ModelFiles(
            ModelStore store,
            @VirtualThreads ExecutorService virtualThreads,
            MeterRegistry metrics) {
        this.store = store;
        this.virtualThreads = virtualThreads;
        unreadable = metrics.counter("vedette_model_unreadable_total");
    }

    /**
     * A model of the tenant for rows of those features, whatever its state; empty when there is
     * none of that version or it cannot be read, which is logged and counted: it never stops the
     * road. Blocking.
     */
    Optional<DecisionModel> load(TenantId tenant, int version, FeatureSet features) {
        try {
            return store.artefact(tenant, version)
                    .await()
                    .atMost(PATIENCE)
                    .map(bytes -> DecisionModel.restore(features, bytes));
        } catch (CorruptSnapshotException e) {
            unreadable.increment();
            LOG.warnf("model unreadable tenant=%s version=%d: %s", tenant, version, e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Completes when the version can be read and finds its features among those; fails with {@link
     * ProblemKind#CONFLICT} when not, and with {@link ProblemKind#NOT_FOUND} when there is none.
     */
    Uni<Void> check(TenantId tenant, int version, FeatureSet features) {
        return store.artefact(tenant, version)
                .emitOn(virtualThreads)
                .map(bytes ->
                        DecisionModel.restore(
                                features,
                                bytes.orElseThrow(() ->
                                        ProblemException.notFound(
                                                "model", Integer.toString(version)))))
                .onFailure(CorruptSnapshotException.class)
                .transform(e ->
                        ProblemException.of(
                                ProblemKind.CONFLICT,
                                "model %d cannot be read, train another: %s"
                                        .formatted(version, e.getMessage())))
                .replaceWithVoid();
    }
}
