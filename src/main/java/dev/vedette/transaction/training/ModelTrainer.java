package dev.vedette.transaction.training;

import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.scoring.FeatureDeclarations;
import dev.vedette.transaction.scoring.Features;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import dev.vedette.transaction.scoring.NewModel;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One training, from data to a registered version: the tenant's newest decided transactions, the
 * older ones of them learnt, the later ones tried with what people have said of them by now.
 * Blocking.
 */
@ApplicationScoped
class ModelTrainer {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long SEED = 42;

    private final Models models;
    private final PastTransactions past;
    private final Features features;

    ModelTrainer(Models models, PastTransactions past, Features features) {
        this.models = models;
        this.past = past;
        this.features = features;
    }

    /**
     * Trains, registers and does with the version what was asked for.
     *
     * @throws IllegalArgumentException when there are too few transactions
     */
    ModelVersion train(TrainingRun run) {
        TrainingRun.Request request = run.request();
        FeatureDeclarations declared = features.of(run.tenant()).await().atMost(PATIENCE);
        Training training =
                new Training(
                        declared.set(),
                        request.kinds(),
                        request.share(),
                        DecisionSettings.DEFAULT,
                        SEED);
        Training.Result result = training.run(past.newest(run.tenant(), request.most()));
        NewModel model =
                new NewModel(
                        "decision",
                        parameters(training, request, declared.version()),
                        TrialMetrics.of(result.trial()),
                        result.model().toBytes(),
                        run.author());
        return models.register(run.tenant(), model).await().atMost(PATIENCE);
    }

    private static Map<String, String> parameters(
            Training training, TrainingRun.Request request, int featuresVersion) {
        return Map.of(
                "models",
                request.kinds().stream().map(ModelKind::id).collect(Collectors.joining(",")),
                "share",
                Double.toString(request.share()),
                "most_transactions",
                Integer.toString(request.most()),
                "features",
                Integer.toString(training.features().size()),
                "features_version",
                Integer.toString(featuresVersion),
                "judged_features",
                Integer.toString(training.features().judged().length),
                "review",
                String.format(Locale.ROOT, "%s", training.decisions().review()),
                "seed",
                Long.toString(training.seed()));
    }
}
