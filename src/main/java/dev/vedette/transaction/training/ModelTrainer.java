package dev.vedette.transaction.training;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.ReviewStore;
import dev.vedette.transaction.scoring.FeatureDeclarations;
import dev.vedette.transaction.scoring.Features;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import dev.vedette.transaction.scoring.NewModel;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One training, from data to a registered version: the tenant's newest decided transactions, the
 * older ones of them learnt, the later ones tried with what people have said of them by now.
 * Blocking.
 */
@ApplicationScoped
class ModelTrainer {
    /** What {@link ModelVersion#metrics} says of the share of alerts in the trial. */
    static final String ALERT_SHARE = "alert_share";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAGE = 1_000;
    private static final long SEED = 42;

    private final Models models;
    private final TransactionQueries queries;
    private final Features features;
    private final ReviewStore reviews;

    ModelTrainer(
            Models models, TransactionQueries queries, Features features, ReviewStore reviews) {
        this.models = models;
        this.queries = queries;
        this.features = features;
        this.reviews = reviews;
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
        Training.Result result = training.run(past(run.tenant(), request.most()));
        NewModel model =
                new NewModel(
                        "decision",
                        parameters(training, request, declared.version()),
                        metrics(result.trial()),
                        result.model().toBytes(),
                        run.author());
        return models.register(run.tenant(), model).await().atMost(PATIENCE);
    }

    private List<Training.Past> past(TenantId tenant, int most) {
        List<Training.Past> past = new ArrayList<>();
        Optional<TransactionQueries.Position> after = Optional.empty();
        while (past.size() < most) {
            int page = Math.min(PAGE, most - past.size());
            List<StoredTransaction> rows =
                    queries.list(tenant, TransactionQueries.Filter.ANY, after, page)
                            .await()
                            .atMost(PATIENCE);
            past.addAll(labelled(tenant, rows));
            if (rows.size() < page) {
                return past;
            }
            Transaction last = rows.getLast().received().transaction();
            after = Optional.of(new TransactionQueries.Position(last.time(), last.id()));
        }
        return past;
    }

    private List<Training.Past> labelled(TenantId tenant, List<StoredTransaction> rows) {
        List<Transaction> transactions =
                rows.stream().map(row -> row.received().transaction()).toList();
        Map<String, PaymentFeedback.Verdict> said =
                reviews.newest(tenant, transactions.stream().map(Transaction::id).toList())
                        .await()
                        .atMost(PATIENCE);
        return transactions.stream()
                .map(one -> new Training.Past(one, label(Optional.ofNullable(said.get(one.id())))))
                .toList();
    }

    private static Training.Label label(Optional<PaymentFeedback.Verdict> said) {
        return said.map(verdict ->
                        switch (verdict) {
                            case FRAUD -> Training.Label.FRAUD;
                            case LEGITIMATE -> Training.Label.LEGITIMATE;
                            case UNSURE -> Training.Label.UNKNOWN;
                        })
                .orElse(Training.Label.UNKNOWN);
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

    private static Map<String, Double> metrics(Training.Trial trial) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("learnt", (double) trial.learnt());
        metrics.put("judged", (double) trial.judged());
        metrics.put("labelled", (double) trial.labelled());
        metrics.put(ALERT_SHARE, trial.alertShare());
        trial.measures()
                .ifPresent(measures -> {
                    metrics.put("auroc", measures.auroc());
                    metrics.put("average_precision", measures.averagePrecision());
                });
        return metrics;
    }
}
