package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.http.Bootstrap;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A tenant with two clusters of two nodes, three days of quiet at one point a minute, and five
 * minutes of trouble on one node that go on.
 */
@Singleton
final class DashboardWorld {
    static final String USER = "ada";
    static final String SICK = "web-2";

    private static final Duration PAST = Duration.ofDays(3);
    private static final Duration TROUBLE = Duration.ofMinutes(30);

    private final TenantId tenant = new TenantId("pages-" + UUID.randomUUID());
    private final Bootstrap bootstrap;
    private final SeriesStore store;
    private final PointLog log;
    private final AnomalyQueries anomalies;
    private final ScoreQueries scores;
    private String password = "";

    DashboardWorld(
            Bootstrap bootstrap,
            SeriesStore store,
            PointLog log,
            AnomalyQueries anomalies,
            ScoreQueries scores) {
        this.bootstrap = bootstrap;
        this.store = store;
        this.log = log;
        this.anomalies = anomalies;
        this.scores = scores;
    }

    /** Makes the tenant and its points; the workers do the rest. */
    synchronized void ensure() {
        if (!password.isEmpty()) {
            return;
        }
        bootstrap.ensureTenant(tenant, "Northwind");
        password = bootstrap.ensureAdmin(tenant, USER).orElseThrow();
        List<Series> series =
                store.findOrCreate(tenant, wanted(), 1000).await().indefinitely().stream()
                        .map(Optional::orElseThrow)
                        .toList();
        Lane lane = log.openLane().await().indefinitely();
        long seq = 1;
        for (Series one : series) {
            ShardBatch batch = new ShardBatch(one.shard(), points(one));
            log.append(lane, seq++, List.of(batch)).await().indefinitely();
        }
    }

    String user() {
        return tenant + "/" + USER;
    }

    String password() {
        return password;
    }

    /** The open anomalies, strangest first. */
    List<Anomaly> open() {
        return anomalies
                .list(tenant, AnomalyQueries.Filter.ALL, Optional.empty(), 100)
                .await()
                .indefinitely()
                .stream()
                .filter(anomaly -> anomaly.result().open())
                .filter(anomaly -> anomaly.result().anomalyScore() >= 0.6)
                .toList();
    }

    /** Whether the newest points have been rolled up. */
    boolean isRolledUp() {
        return scores.newestBucket(tenant)
                .await()
                .indefinitely()
                .filter(bucket -> bucket.isAfter(Instant.now().minus(Duration.ofMinutes(11))))
                .isPresent();
    }

    private List<SeriesStore.Wanted> wanted() {
        List<SeriesStore.Wanted> wanted = new ArrayList<>();
        for (String cluster : List.of("prod-eu", "prod-us")) {
            for (String node : List.of("web-1", "web-2")) {
                wanted.add(series(cluster, node, "cpu_usage", "percent"));
                wanted.add(series(cluster, node, "memory_used", "bytes"));
            }
        }
        return wanted;
    }

    private SeriesStore.Wanted series(String cluster, String node, String metric, String unit) {
        return new SeriesStore.Wanted(
                new SeriesKey(tenant, cluster, node, metric, Labels.NONE), Optional.of(unit));
    }

    private static PointBatch points(Series series) {
        boolean cpu = series.key().metricName().equals("cpu_usage");
        boolean sick =
                series.key().clusterId().equals("prod-eu") && series.key().nodeId().equals(SICK);
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        int count = (int) PAST.toMinutes();
        long[] times = new long[count];
        double[] values = new double[count];
        Random random = new Random(series.key().toString().hashCode());
        for (int i = 0; i < count; i++) {
            Instant at = end.minus(PAST).plusSeconds(60L * (i + 1));
            double day = Math.sin(2 * Math.PI * at.getEpochSecond() / 86_400.0);
            double level = cpu ? 38 + 6 * day : 9.5e9 + 3e8 * day;
            double noise = random.nextGaussian() * (cpu ? 1.5 : 6e7);
            double minutes = Duration.between(end.minus(TROUBLE), at).toMinutes();
            double trouble = sick && minutes > 0 ? (cpu ? 52 : minutes * 1.6e8) : 0;
            times[i] = at.toEpochMilli();
            values[i] = level + noise + trouble;
        }
        return new PointBatch(new long[] {series.id().value()}, new int[] {count}, times, values);
    }
}
