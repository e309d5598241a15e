package dev.vedette.transaction.training;

import dev.vedette.scheduling.PeriodicJob;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Rolls a promoted model back when it raises far more alerts than in its trial, or far fewer: by
 * then something is broken, in the model or in what it is fed, and nobody would look at so many. A
 * model without one before it stays, as rules alone would be worse, and a person is told; unless
 * the service itself chose it and it takes most payments for strange, as one does that has learnt
 * from the first payments of accounts: that one is taken out of use until there is more to learn.
 */
@ApplicationScoped
class ModelWatch implements PeriodicJob {
    private static final Logger LOG = Logger.getLogger(ModelWatch.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TENANTS = 100;

    /** From this share of alerts on a model says nothing. */
    private static final double MOST_STRANGE = 0.5;

    private final Models models;
    private final AlertVolumes volumes;
    private final ModelsConfig config;
    private final Counter rolledBack;
    private final Counter takenOut;
    private final Counter kept;

    /** The version that was last said to be outside its corridor, until it is back inside. */
    private final Map<TenantId, Integer> told = new ConcurrentHashMap<>();

    ModelWatch(Models models, AlertVolumes volumes, ModelsConfig config, MeterRegistry metrics) {
        this.models = models;
        this.volumes = volumes;
        this.config = config;
        rolledBack = metrics.counter("vedette_model_corridor_left_total", "action", "rolled_back");
        takenOut = metrics.counter("vedette_model_corridor_left_total", "action", "taken_out");
        kept = metrics.counter("vedette_model_corridor_left_total", "action", "kept");
    }

    @Override
    public String name() {
        return "watch-models";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        List<TenantId> tenants;
        do {
            tenants = volumes.unwatched(config.watchInterval(), TENANTS);
            tenants.forEach(this::watch);
        } while (tenants.size() == TENANTS);
    }

    private void watch(TenantId tenant) {
        models.versions(tenant).await().atMost(PATIENCE).stream()
                .filter(one -> one.state() == ModelVersion.State.PROMOTED)
                .findFirst()
                .ifPresent(promoted -> watch(tenant, promoted));
    }

    private void watch(TenantId tenant, ModelVersion promoted) {
        Map<Integer, AlertVolume> seen =
                volumes.of(tenant, config.watchedDecisions(), DecisionSettings.DEFAULT.review())
                        .await()
                        .atMost(PATIENCE);
        Double trial = promoted.metrics().get(TrialMetrics.ALERT_SHARE);
        AlertVolume volume = seen.getOrDefault(promoted.version(), AlertVolume.NONE);
        if (trial == null) {
            return;
        }
        AlertCorridor corridor = AlertCorridor.around(trial, config.alertFactor());
        if (!corridor.isLeftBy(volume)) {
            told.remove(tenant);
            return;
        }
        String why = words(volume, corridor);
        String now = replace(tenant, promoted, volume, why);
        Integer before = told.put(tenant, promoted.version());
        boolean isNews = before == null || before != promoted.version();
        // said once, not for as long as a model stays that has none before it
        LOG.logf(
                isNews ? Logger.Level.WARN : Logger.Level.DEBUG,
                "alert volume left its corridor tenant=%s version=%d now=%s: %s",
                tenant,
                promoted.version(),
                now,
                why);
    }

    /** What decides now, in a word. */
    private String replace(TenantId tenant, ModelVersion promoted, AlertVolume volume, String why) {
        Optional<ModelVersion> before =
                models.rollBackAlone(tenant, promoted.version(), why).await().atMost(PATIENCE);
        if (before.isPresent()) {
            rolledBack.increment();
            return Integer.toString(before.get().version());
        }
        if (promoted.author().equals(TrainingJob.SERVICE) && volume.share() > MOST_STRANGE) {
            models.takeOutAlone(tenant, promoted.version(), why).await().atMost(PATIENCE);
            takenOut.increment();
            return "none";
        }
        kept.increment();
        return "unchanged";
    }

    private static String words(AlertVolume seen, AlertCorridor corridor) {
        return String.format(
                Locale.ROOT,
                "%d alerts in %d decisions (%.2f %%), expected %.2f to %.2f %%",
                seen.alerts(),
                seen.decisions(),
                100 * seen.share(),
                100 * corridor.least(),
                100 * corridor.most());
    }
}
