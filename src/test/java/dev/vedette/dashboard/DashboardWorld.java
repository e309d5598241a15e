package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;

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
import java.util.stream.IntStream;

/**
 * A tenant with two clusters of two nodes, three days of quiet at one point a minute, and half an
 * hour of trouble on one node that goes on. Beside them a node whose metrics follow one load, but
 * for forty minutes yesterday in which one of them went against it.
 */
@Singleton
final class DashboardWorld {
    static final String USER = "ada";
    static final String SICK = "web-2";

    private static final Duration PAST = Duration.ofDays(3);
    private static final Duration TROUBLE = Duration.ofMinutes(30);
    private static final int TIED = 6;
    private static final int LOOSE_FOR = 40;
    private static final int LOOSE_UNTIL = 26 * 60;

    private final TenantId tenant = new TenantId("pages-" + UUID.randomUUID());
    private final Bootstrap bootstrap;
    private final SeriesStore store;
    private final PointLog log;
    private final AnomalyQueries anomalies;
    private final ScoreQueries scores;
    private String password = "";
    private boolean isReady;

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

    /** Makes the tenant, once, and waits until what is wrong there is found and rolled up. */
    synchronized void ready() {
        if (!isReady) {
            ensure();
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> !open().isEmpty() && isRolledUp());
            isReady = true;
        }
    }

    private void ensure() {
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
        List<Series> tied =
                store.findOrCreate(tenant, tied(), 1000).await().indefinitely().stream()
                        .map(Optional::orElseThrow)
                        .toList();
        ShardBatch batch = new ShardBatch(tied.getFirst().shard(), tiedPoints(tied));
        log.append(lane, seq, List.of(batch)).await().indefinitely();
    }

    TenantId tenant() {
        return tenant;
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

    /** The anomaly of the node whose metrics came apart. */
    Optional<Anomaly> ofNode() {
        return anomalies
                .list(tenant, AnomalyQueries.Filter.ALL, Optional.empty(), 100)
                .await()
                .indefinitely()
                .stream()
                .filter(anomaly -> anomaly.place().metricName().isEmpty())
                .findFirst();
    }

    // The newest points, that is.
    private boolean isRolledUp() {
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

    private List<SeriesStore.Wanted> tied() {
        List<SeriesStore.Wanted> tied = new ArrayList<>();
        for (int i = 0; i < TIED; i++) {
            tied.add(series("prod-us", "queue-1", "depth_" + i, "items"));
        }
        return tied;
    }

    // In one batch, so that the points of a minute make one row of the node.
    private static PointBatch tiedPoints(List<Series> tied) {
        long end = Instant.now().truncatedTo(ChronoUnit.MINUTES).toEpochMilli();
        int rows = (int) PAST.toMinutes();
        long[] times = new long[TIED * rows];
        double[] values = new double[TIED * rows];
        Random random = new Random(7);
        double load = 0;
        for (int i = 0; i < rows; i++) {
            load = 0.9 * load + random.nextGaussian();
            int before = rows - i;
            boolean loose = before > LOOSE_UNTIL && before <= LOOSE_UNTIL + LOOSE_FOR;
            for (int m = 0; m < TIED; m++) {
                double sign = loose && m == 3 ? -1 : 1;
                times[m * rows + i] = end - 60_000L * (before - 1);
                values[m * rows + i] = 50 + sign * 2 * load + 0.2 * random.nextGaussian();
            }
        }
        long[] ids = tied.stream().mapToLong(one -> one.id().value()).toArray();
        int[] ends = IntStream.rangeClosed(1, TIED).map(m -> m * rows).toArray();
        return new PointBatch(ids, ends, times, values);
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
