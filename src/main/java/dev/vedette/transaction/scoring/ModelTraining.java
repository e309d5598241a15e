package dev.vedette.transaction.scoring;

import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Trains models from decided transactions: the newest of a tenant, split by time, tried on those
 * after what was learnt. A tenant's first model is promoted at once; a later one waits for a
 * person.
 */
@ApplicationScoped
class ModelTraining implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(ModelTraining.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Fewest decided transactions of a tenant that gets a model. */
    private static final int FEWEST = 1_000;

    private static final int MOST = 50_000;
    private static final int PAGE = 1_000;
    private static final Duration AGE = Duration.ofDays(7);
    private static final double LEARNT = 0.8;
    private static final int TENANTS = 10;
    private static final long SEED = 42;

    private final ModelStore models;
    private final TransactionQueries queries;
    private final Features features;
    private final Settings settings;
    private final InstantSource clock;

    ModelTraining(
            ModelStore models,
            TransactionQueries queries,
            Features features,
            Settings settings,
            InstantSource clock) {
        this.models = models;
        this.queries = queries;
        this.features = features;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "train-models";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        for (TenantId tenant : models.wanting(FEWEST, AGE, TENANTS)) {
            try {
                train(tenant);
            } catch (IllegalArgumentException e) {
                // One tenant's data spoils only its own model.
                LOG.warnf("no model trained tenant=%s: %s", tenant, e.getMessage());
            }
        }
    }

    private void train(TenantId tenant) {
        Training training =
                new Training(
                        features.set(),
                        DecisionModel.MODELS,
                        LEARNT,
                        DecisionSettings.DEFAULT,
                        SEED);
        Training.Result result = training.run(past(tenant));
        ModelVersion registered =
                models.register(
                                tenant,
                                "decision",
                                metrics(result.trial()),
                                result.model().toBytes(),
                                "service",
                                clock.instant())
                        .await()
                        .atMost(PATIENCE);
        LOG.infof(
                "model trained tenant=%s version=%d learnt=%d",
                tenant, registered.version(), result.trial().learnt());
        if (registered.version() == 1) {
            models.move(tenant, 1, ModelVersion.State.PROMOTED, clock.instant())
                    .await()
                    .atMost(PATIENCE);
            settings.forget(tenant);
        }
    }

    private List<Training.Past> past(TenantId tenant) {
        List<Training.Past> past = new ArrayList<>();
        Optional<TransactionQueries.Position> after = Optional.empty();
        while (past.size() < MOST) {
            List<StoredTransaction> rows =
                    queries.list(tenant, TransactionQueries.Filter.ANY, after, PAGE)
                            .await()
                            .atMost(PATIENCE);
            rows.forEach(row ->
                    past.add(
                            new Training.Past(
                                    row.received().transaction(), Training.Label.UNKNOWN)));
            if (rows.size() < PAGE) {
                return past;
            }
            Transaction last = rows.getLast().received().transaction();
            after = Optional.of(new TransactionQueries.Position(last.time(), last.id()));
        }
        return past;
    }

    private static Map<String, Double> metrics(Training.Trial trial) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("learnt", (double) trial.learnt());
        metrics.put("judged", (double) trial.judged());
        metrics.put("alert_share", trial.alertShare());
        return metrics;
    }
}
