package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.AnomalyType;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AnomalyQueries} holds. */
public abstract class AnomalyQueriesContract {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final TenantId other = new TenantId("t-" + UUID.randomUUID());
    private final List<Anomaly> stored = new ArrayList<>();

    /** The queries under test. */
    protected abstract AnomalyQueries queries();

    /** Where anomalies are stored. */
    protected abstract ShardStore shards();

    @BeforeEach
    void fill() {
        stored.add(anomaly(tenant, 30, "c1", "n1", AnomalyKind.SPIKE, 0.9, AnomalyStatus.OPEN));
        stored.add(anomaly(tenant, 20, "c1", "n2", AnomalyKind.DIP, 0.7, AnomalyStatus.CLOSED));
        stored.add(anomaly(tenant, 10, "c2", "n1", AnomalyKind.MISSING, 0.6, AnomalyStatus.CLOSED));
        stored.add(anomaly(tenant, 10, "c2", "n3", AnomalyKind.SEASONAL, 0.5, AnomalyStatus.OPEN));
        List<Anomaly> all = new ArrayList<>(stored);
        all.add(anomaly(other, 15, "c1", "n1", AnomalyKind.SPIKE, 0.9, AnomalyStatus.OPEN));
        store(all);
        // Of two with the same start, the one with the higher id comes first; ids as unsigned
        // bytes.
        stored.sort(
                Comparator.comparing((Anomaly a) -> a.result().windowStart())
                        .thenComparing(a -> a.id().toString())
                        .reversed());
    }

    @Test
    void listIsNewestFirstAndOfOneTenant() {
        assertEquals(stored, list(AnomalyQueries.Filter.ALL));
    }

    @Test
    void pagesMeetWithoutGapOrRepetition() {
        List<Anomaly> paged = new ArrayList<>();
        Optional<AnomalyQueries.Position> after = Optional.empty();
        for (int page = 0; page < 4; page++) {
            List<Anomaly> one =
                    queries()
                            .list(tenant, AnomalyQueries.Filter.ALL, after, 1)
                            .await()
                            .indefinitely();
            paged.addAll(one);
            Anomaly last = one.getLast();
            after =
                    Optional.of(
                            new AnomalyQueries.Position(last.result().windowStart(), last.id()));
        }
        assertEquals(stored, paged);
        assertEquals(
                List.of(),
                queries().list(tenant, AnomalyQueries.Filter.ALL, after, 1).await().indefinitely());
    }

    @Test
    void timesTakeWhatOverlaps() {
        // Each lasts a minute.
        assertEquals(
                List.of(stored.get(1)),
                list(filter(Optional.of(minute(21)), Optional.of(minute(30)))));
        assertEquals(stored.subList(1, 4), list(filter(Optional.empty(), Optional.of(minute(30)))));
    }

    @Test
    void eachPartOfTheFilterNarrows() {
        Optional<String> any = Optional.empty();
        assertEquals(2, list(filter(Optional.of("c1"), any, Optional.empty(), 0, "")).size());
        assertEquals(
                1,
                list(filter(Optional.of("c1"), Optional.of("n2"), Optional.empty(), 0, "")).size());
        assertEquals(2, list(filter(any, any, Optional.of(AnomalyType.SPIKE), 0, "")).size());
        assertEquals(2, list(filter(any, any, Optional.empty(), 0.7, "")).size());
        assertEquals(2, list(filter(any, any, Optional.empty(), 0, "OPEN")).size());
    }

    @Test
    void anomalyOfANodeIsFoundWithItsContributions() {
        Anomaly ofMetric =
                anomaly(tenant, 90, "c9", "n9", AnomalyKind.SPIKE, 0.7, AnomalyStatus.OPEN);
        Anomaly ofNode =
                new Anomaly(
                        id(),
                        AnomalyPlace.of(new NodeKey(tenant, "c9", "n9"), 3),
                        ofMetric.result(),
                        List.of(
                                new Contribution(
                                        5,
                                        "cpu",
                                        Labels.of(Map.of("core", "0")),
                                        Optional.of("percent"),
                                        0.75),
                                new Contribution(
                                        6, "memory", Labels.NONE, Optional.empty(), 0.125)),
                        "n9 as a whole is strange",
                        "node",
                        1,
                        AnomalyStatus.OPEN,
                        minute(92));
        store(List.of(ofMetric, ofNode));
        assertEquals(
                Optional.of(ofNode), queries().find(tenant, ofNode.id()).await().indefinitely());
        AnomalyQueries.Filter late = filter(Optional.of(minute(90)), Optional.empty());
        assertEquals(Set.of(ofMetric, ofNode), Set.copyOf(list(late)));
        AnomalyQueries.Filter ofCpu =
                filter(Optional.of("c9"), Optional.of("n9"), Optional.empty(), 0, "");
        assertEquals(List.of(ofMetric), list(ofCpu));
        assertTrue(
                begun(late, 2).stream()
                        .anyMatch(one -> one.lead().equals(Optional.of(new SeriesId(tenant, 5)))));
        assertEquals(
                list(AnomalyQueries.Filter.ALL).stream().map(AnomalyQueries.Begun::of).toList(),
                begun(AnomalyQueries.Filter.ALL, 1000));
    }

    private List<AnomalyQueries.Begun> begun(AnomalyQueries.Filter filter, int limit) {
        return queries().begun(tenant, filter, limit).await().indefinitely();
    }

    @Test
    void anomalyIsFoundByItsIdAndTenant() {
        Anomaly wanted = stored.getFirst();
        assertEquals(
                Optional.of(wanted), queries().find(tenant, wanted.id()).await().indefinitely());
        assertEquals(Optional.empty(), queries().find(other, wanted.id()).await().indefinitely());
    }

    @Test
    void longAndShortOnesAreFoundInEveryWindowTheyReachInto() {
        List<Anomaly> all = new ArrayList<>(stored);
        for (int start = -900; start <= 0; start += 60) {
            for (int minutes : new int[] {0, 5, 119, 120, 121, 400, 1500}) {
                all.add(
                        anomaly(
                                tenant,
                                start,
                                minutes,
                                "c1",
                                "n1",
                                AnomalyKind.SPIKE,
                                0.5,
                                AnomalyStatus.CLOSED));
            }
        }
        store(all.subList(stored.size(), all.size()));
        for (int from = -840; from <= 60; from += 30) {
            for (int length : new int[] {1, 60, 600}) {
                TimeRange window = new TimeRange(minute(from), minute(from + length));
                AnomalyQueries.Filter filter =
                        filter(Optional.of(window.from()), Optional.of(window.to()));
                assertEquals(overlapping(all, window), pagesOf(filter), window.toString());
            }
        }
    }

    private static List<Anomaly> overlapping(List<Anomaly> all, TimeRange window) {
        return all.stream()
                .filter(one -> !one.result().windowEnd().isBefore(window.from()))
                .filter(one -> one.result().windowStart().isBefore(window.to()))
                .sorted(
                        Comparator.comparing((Anomaly one) -> one.result().windowStart())
                                .thenComparing(one -> one.id().toString())
                                .reversed())
                .toList();
    }

    private List<Anomaly> pagesOf(AnomalyQueries.Filter filter) {
        List<Anomaly> found = new ArrayList<>();
        Optional<AnomalyQueries.Position> after = Optional.empty();
        List<Anomaly> page;
        do {
            page = queries().list(tenant, filter, after, 20).await().indefinitely();
            found.addAll(page);
            after =
                    page.isEmpty()
                            ? after
                            : Optional.of(
                                    new AnomalyQueries.Position(
                                            page.getLast().result().windowStart(),
                                            page.getLast().id()));
        } while (!page.isEmpty());
        return found;
    }

    private void store(List<Anomaly> anomalies) {
        Lease lease = shards().acquire(0, "test", Duration.ofMinutes(1)).orElseThrow();
        long tick = shards().load(0).tick() + 1;
        shards().commit(
                        lease,
                        new TickResult(
                                tick, Watermark.START, anomalies, List.of(), Optional.empty()));
    }

    private List<Anomaly> list(AnomalyQueries.Filter filter) {
        return queries().list(tenant, filter, Optional.empty(), 10).await().indefinitely();
    }

    private static AnomalyQueries.Filter filter(Optional<Instant> from, Optional<Instant> to) {
        AnomalyQueries.Filter all = AnomalyQueries.Filter.ALL;
        return new AnomalyQueries.Filter(
                from,
                to,
                all.clusterId(),
                all.nodeId(),
                all.metricName(),
                all.label(),
                0,
                all.status(),
                Optional.empty());
    }

    private static AnomalyQueries.Filter filter(
            Optional<String> cluster,
            Optional<String> node,
            Optional<AnomalyType> label,
            double minScore,
            String status) {
        return new AnomalyQueries.Filter(
                Optional.empty(),
                Optional.empty(),
                cluster,
                node,
                Optional.of("cpu"),
                label,
                minScore,
                status.isEmpty() ? Optional.empty() : Optional.of(AnomalyStatus.valueOf(status)),
                Optional.empty());
    }

    private static Instant minute(int minute) {
        return T0.plusSeconds(60L * minute);
    }

    // The highest bit is set in every other one: a signed comparison puts those at the wrong end.
    private UUID id() {
        UUID random = UUID.randomUUID();
        long most = random.getMostSignificantBits() >>> 1 | (long) stored.size() << 63;
        return new UUID(most, random.getLeastSignificantBits());
    }

    private Anomaly anomaly(
            TenantId tenant,
            int minute,
            String cluster,
            String node,
            AnomalyKind kind,
            double score,
            AnomalyStatus status) {
        return anomaly(tenant, minute, 1, cluster, node, kind, score, status);
    }

    private Anomaly anomaly(
            TenantId tenant,
            int minute,
            int minutes,
            String cluster,
            String node,
            AnomalyKind kind,
            double score,
            AnomalyStatus status) {
        SeriesKey key = new SeriesKey(tenant, cluster, node, "cpu", Labels.of(Map.of("core", "0")));
        return new Anomaly(
                id(),
                new Series(new SeriesId(tenant, 5), key, Optional.empty(), 3),
                new AnomalyResult(
                        minute(minute),
                        minute(minute + minutes),
                        minute(minute),
                        status == AnomalyStatus.OPEN,
                        score,
                        kind,
                        0.5,
                        0.75,
                        99.5,
                        50,
                        40,
                        60,
                        3,
                        Map.of("point", 0.5)),
                "cpu of " + node + " is high",
                "ensemble",
                2,
                status,
                minute(minute + 2));
    }
}
