package dev.vedette.detection;

import dev.vedette.detection.engine.PeerOutliers;
import dev.vedette.scheduling.PeriodicJob;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Compares the nodes of each cluster once for every five minutes that ended. */
@ApplicationScoped
class PeerJob implements PeriodicJob {
    /** So long after five minutes have ended their levels are waited for. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** What is older when its levels come in is history that is imported: nobody is alarmed. */
    private static final Duration OLDEST = Duration.ofMinutes(20);

    /** Longer than a standing is remembered. */
    private static final Duration FORGOTTEN = Duration.ofDays(8);

    private static final Duration FORGETS = Duration.ofHours(1);

    private final PeerStore store;
    private final ShardStore catalogue;
    private final SettingsSource settings;
    private final AnomalyExplainer explainer;
    private final DetectionListener listener;
    private final DetectionConfig config;
    private final InstantSource clock;
    private final Counter nodes;
    private final Counter anomalies;
    private Instant forgetAt = Instant.MIN;
    private volatile boolean isStopping;

    PeerJob(
            PeerStore store,
            ShardStore catalogue,
            SettingsSource settings,
            AnomalyExplainer explainer,
            @All List<DetectionListener> listeners,
            DetectionConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.store = store;
        this.catalogue = catalogue;
        this.settings = settings;
        this.explainer = explainer;
        this.listener = new DetectionListeners(List.copyOf(listeners));
        this.config = config;
        this.clock = clock;
        this.nodes = metrics.counter("vedette_peers_compared_nodes_total");
        this.anomalies = metrics.counter("vedette_peers_anomalies_total");
    }

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void askToStop() {
        isStopping = true;
    }

    @Override
    public void run() {
        if (!config.enabled() || !config.peers()) {
            return;
        }
        Instant now = clock.instant();
        Instant latest = now.minus(GRACE).minus(ScoreBucket.WIDTH);
        for (PeerStore.Due due : store.due(now.minus(OLDEST), latest, PeerOutliers.LEAST_PEERS)) {
            if (isStopping) {
                return;
            }
            compare(due, now);
        }
        if (!now.isBefore(forgetAt)) {
            store.forgetBefore(now.minus(FORGOTTEN));
            forgetAt = now.plus(FORGETS);
        }
    }

    private void compare(PeerStore.Due due, Instant now) {
        PeerComparison comparison =
                new PeerComparison(
                        catalogue::series, settings.latest(0), explainer, listener::startedAnew);
        store.compare(
                due,
                peers -> {
                    PeerStore.Found found = comparison.of(peers, due.bucket(), now);
                    nodes.increment(peers.levels().size());
                    found.anomalies().stream()
                            .filter(one -> !one.result().open())
                            .forEach(_ -> anomalies.increment());
                    return found;
                });
    }
}
