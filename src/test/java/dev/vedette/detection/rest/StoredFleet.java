package dev.vedette.detection.rest;

import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A small fleet in the log of a running service: three nodes with three metrics, a point a minute
 * up to now; the first metric of the first node jumps for ten minutes, half an hour ago.
 */
@ApplicationScoped
public class StoredFleet {
    static final int POINTS = 3000;
    static final int JUMP_FROM = POINTS - 30;
    static final int JUMP_TO = POINTS - 20;

    private final SeriesStore catalogue;
    private final PointLog log;
    private final TokenIssuer issuer;

    StoredFleet(SeriesStore catalogue, PointLog log, TokenIssuer issuer) {
        this.catalogue = catalogue;
        this.log = log;
        this.issuer = issuer;
    }

    /** A token of that tenant and role. */
    public String token(TenantId tenant, Role role) {
        return issuer.token(
                new Caller(Optional.of(tenant), "ann", Set.of(role), Caller.Credential.TOKEN),
                Instant.now(),
                Duration.ofHours(1));
    }

    /** Time of a point. */
    static Instant time(Instant end, int index) {
        return end.minusSeconds(60L * (POINTS - 1 - index));
    }

    /** Stores the fleet of that tenant, its last point now; returns when that is. */
    public Instant store(TenantId tenant) {
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        List<SeriesStore.Wanted> wanted = new ArrayList<>();
        for (int node = 1; node <= 3; node++) {
            for (String metric : List.of("cpu_percent", "memory_percent", "requests")) {
                SeriesKey key = new SeriesKey(tenant, "c1", "node-" + node, metric, Labels.NONE);
                wanted.add(new SeriesStore.Wanted(key, Optional.of("percent")));
            }
        }
        List<Optional<Series>> series =
                catalogue.findOrCreate(tenant, wanted, 1000).await().indefinitely();
        Lane lane = log.openLane().await().indefinitely();
        long seq = 0;
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i).orElseThrow();
            ShardBatch batch = new ShardBatch(one.shard(), points(one, i, end));
            log.append(lane, ++seq, List.of(batch)).await().indefinitely();
        }
        return end;
    }

    /** Stores more points of the first metric of that node, one a minute after that time. */
    void append(TenantId tenant, String node, Instant after, double... values) {
        SeriesKey key = new SeriesKey(tenant, "c1", node, "cpu_percent", Labels.NONE);
        Series series =
                catalogue
                        .findOrCreate(
                                tenant,
                                List.of(new SeriesStore.Wanted(key, Optional.of("percent"))),
                                1000)
                        .await()
                        .indefinitely()
                        .getFirst()
                        .orElseThrow();
        long[] times = new long[values.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = after.plusSeconds(60L * (i + 1)).toEpochMilli();
        }
        PointBatch points =
                new PointBatch(
                        new long[] {series.id().value()}, new int[] {values.length}, times, values);
        Lane lane = log.openLane().await().indefinitely();
        log.append(lane, 1, List.of(new ShardBatch(series.shard(), points))).await().indefinitely();
    }

    private static PointBatch points(Series series, int number, Instant end) {
        long[] times = new long[POINTS];
        double[] values = new double[POINTS];
        java.util.Random random = new java.util.Random(number);
        for (int i = 0; i < POINTS; i++) {
            times[i] = time(end, i).toEpochMilli();
            boolean jumps = number == 0 && i >= JUMP_FROM && i < JUMP_TO;
            values[i] = jumps ? 97 : 40 + 2 * random.nextGaussian();
        }
        return new PointBatch(new long[] {series.id().value()}, new int[] {POINTS}, times, values);
    }
}
