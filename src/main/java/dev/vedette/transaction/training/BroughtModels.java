package dev.vedette.transaction.training;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.ModelSource;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.model.UnfitModelException;
import dev.vedette.transaction.scoring.FeatureDeclarations;
import dev.vedette.transaction.scoring.Features;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import dev.vedette.transaction.scoring.NewModel;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Takes models that were trained elsewhere: looks whether they can be read and judge by features
 * that are declared, tries them on the tenant's newest decided transactions, calibrates those of
 * other makers on them, and registers a version.
 */
@ApplicationScoped
public class BroughtModels {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** Newest transactions for calibration and trial, and the share of them that is calibrated. */
    private static final int PAST = 10_000;

    private static final double CALIBRATED = 0.8;
    private static final int LEAST_PAST = (int) Math.ceil(DecisionModel.LEAST_ROWS / CALIBRATED);
    private static final long SEED = 42;

    private final Models models;
    private final PastTransactions past;
    private final Features features;
    private final ModelsConfig config;
    private final Audit audit;
    private final Semaphore place = new Semaphore(1);

    BroughtModels(
            Models models,
            PastTransactions past,
            Features features,
            ModelsConfig config,
            Audit audit) {
        this.models = models;
        this.past = past;
        this.features = features;
        this.config = config;
        this.audit = audit;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tried(byte[] artefact, Map<String, Double> metrics) {}

    /**
     * Registers a brought model and moves it where it is wanted. Fails with {@link
     * ProblemKind#INVALID_REQUEST} when it cannot be used, with the remedy; with {@link
     * ProblemKind#PAYLOAD_TOO_LARGE}; with {@link ProblemKind#CONFLICT} when there are too few
     * transactions to calibrate it; and with {@link ProblemKind#TOO_MANY_REQUESTS} while another
     * one is looked at.
     */
    public Uni<ModelVersion> bring(Caller caller, BroughtFile file, TrainingRun.Next next) {
        refuseLarge(file.bytes().length);
        TenantId tenant = caller.tenant().orElseThrow();
        // On a thread of its own: a carrier of virtual threads, which decisions run on, would be
        // held for seconds.
        return Uni.createFrom()
                .item(() -> register(caller, tenant, file))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .invoke(made -> audit.done(caller, "model.bring", Integer.toString(made.version())))
                .chain(made ->
                        switch (next) {
                            case REGISTER -> Uni.createFrom().item(made);
                            case SHADOW -> move(caller, made, ModelVersion.State.SHADOW);
                            case PROMOTE -> move(caller, made, ModelVersion.State.PROMOTED);
                        });
    }

    /**
     * Lets pass a file of so many bytes, so that a larger one need not be read.
     *
     * @throws ProblemException {@link ProblemKind#PAYLOAD_TOO_LARGE}
     */
    public void refuseLarge(long bytes) {
        long most = config.largestUpload().asLongValue();
        if (bytes > most) {
            throw ProblemException.of(
                    ProblemKind.PAYLOAD_TOO_LARGE,
                    "the model has %d bytes, may have %d; bring a smaller one, or have"
                                    .formatted(bytes, most)
                            + " vedette.models.largest-upload raised");
        }
    }

    private Uni<ModelVersion> move(Caller caller, ModelVersion made, ModelVersion.State to) {
        return models.move(caller, made.version(), to);
    }

    private ModelVersion register(Caller caller, TenantId tenant, BroughtFile file) {
        if (!place.tryAcquire()) {
            throw ProblemException.retryable(
                    ProblemKind.TOO_MANY_REQUESTS, "another model is looked at just now", RETRY);
        }
        try {
            FeatureDeclarations declared = features.of(tenant).await().atMost(PATIENCE);
            Tried tried =
                    switch (file) {
                        case BroughtFile.Own(var bytes) -> own(tenant, declared.set(), bytes);
                        case BroughtFile.Onnx(var model) -> onnx(tenant, declared.set(), model);
                    };
            NewModel model =
                    new NewModel(
                            file instanceof BroughtFile.Onnx ? "onnx" : "decision",
                            parameters(file, declared),
                            tried.metrics,
                            tried.artefact,
                            caller.subject());
            return models.register(tenant, model).await().atMost(PATIENCE);
        } catch (UnfitModelException e) {
            throw ProblemException.invalid("", e.code(), String.valueOf(e.getMessage()), e.fix());
        } finally {
            place.release();
        }
    }

    /** Ours have a calibration; the trial is told where there are transactions for one. */
    private Tried own(TenantId tenant, FeatureSet declared, byte[] bytes) {
        DecisionModel model;
        try {
            model = DecisionModel.restore(declared, bytes);
        } catch (CorruptSnapshotException e) {
            throw new UnfitModelException(
                    "unreadable_model",
                    String.valueOf(e.getMessage()),
                    "send a file of vedette train as it is, byte by byte, and declare the features"
                            + " that it judges by");
        }
        List<Training.Past> newest = past.newest(tenant, PAST);
        return new Tried(
                bytes,
                newest.size() < LEAST_PAST
                        ? Map.of()
                        : TrialMetrics.of(
                                Training.tried(
                                        model, newest, CALIBRATED, DecisionSettings.DEFAULT)));
    }

    private Tried onnx(TenantId tenant, FeatureSet declared, ModelSource.Brought model) {
        List<Problem.Violation> unknown =
                model.inputs().stream()
                        .filter(name -> !declared.names().contains(name))
                        .map(name ->
                                new Problem.Violation(
                                        "?features",
                                        "unknown_feature",
                                        "there is no feature '" + name + "'",
                                        "name declared ones, in the order of the model's row: "
                                                + String.join(", ", declared.names())))
                        .toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(unknown);
        }
        List<Training.Past> newest = past.newest(tenant, PAST);
        if (newest.size() < LEAST_PAST) {
            throw ProblemException.of(
                    ProblemKind.CONFLICT,
                    "a model's scores are calibrated on decided transactions: %d are needed, there"
                                    .formatted(LEAST_PAST)
                            + " are %d; send more and try again".formatted(newest.size()));
        }
        Training.Result result =
                new Training(declared, model, CALIBRATED, DecisionSettings.DEFAULT, SEED)
                        .run(newest);
        return new Tried(result.model().toBytes(), TrialMetrics.of(result.trial()));
    }

    private static Map<String, String> parameters(BroughtFile file, FeatureDeclarations declared) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("brought_bytes", Integer.toString(file.bytes().length));
        parameters.put("features_version", Integer.toString(declared.version()));
        if (file instanceof BroughtFile.Onnx(var model)) {
            parameters.put("brought_features", String.join(",", model.inputs()));
            parameters.put("brought_stranger", model.source().isLowStrange() ? "low" : "high");
            parameters.put("brought_output", model.source().output());
        }
        return parameters;
    }
}
