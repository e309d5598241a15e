package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.aggregation.ScorePlace;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.InMemorySeriesDirectory;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands beside a series, and what is read for it. */
class CompanionsTest {
    private static final TenantId TENANT = new TenantId("t");
    private static final Labels DISK = Labels.of(Map.of("disk", "sda"));

    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();
    private final List<String> calls = new ArrayList<>();
    private final List<ScoreQueries.Ranked> ranked = new ArrayList<>();
    private final List<Collection<SeriesId>> read = new ArrayList<>();

    private final SeriesDirectory directory =
            noting(SeriesDirectory.class, new InMemorySeriesDirectory(catalogue));
    private final PointReader points = noting(PointReader.class, new OnePoint());
    private final ScoreQueries scores =
            noting(
                    ScoreQueries.class,
                    Proxy.newProxyInstance(
                            ScoreQueries.class.getClassLoader(),
                            new Class<?>[] {ScoreQueries.class},
                            (proxy, method, args) ->
                                    Uni.createFrom()
                                            .item(
                                                    ranked.stream()
                                                            .limit((Integer) args[2])
                                                            .toList())));

    // A point a minute after the start of what is asked for, whose value is the series' id.
    private final class OnePoint implements PointReader {
        @Override
        public Uni<Map<SeriesId, Points>> points(
                TenantId tenant, Collection<SeriesId> series, TimeRange range, int maxPoints) {
            read.add(series);
            assertTrue(maxPoints <= Companions.POINTS, "reads " + maxPoints);
            Map<SeriesId, Points> found = new HashMap<>();
            long at = range.from().plusSeconds(60).toEpochMilli();
            series.forEach(
                    one -> found.put(one, new Points(new long[] {at}, new double[] {one.value()})));
            return Uni.createFrom().item(found);
        }

        @Override
        public Uni<Map<SeriesId, dev.vedette.series.MetricPoint>> last(
                TenantId tenant, List<SeriesId> series) {
            throw new AssertionError("nobody needs the last points");
        }
    }

    private <T> T noting(Class<T> type, Object real) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, args) -> {
                            calls.add(type.getSimpleName() + "." + method.getName());
                            return method.invoke(real, args);
                        }));
    }

    private Series series(String node, Labels labels) {
        SeriesKey key = new SeriesKey(TENANT, "edge", node, "io", labels);
        return catalogue
                .findOrCreate(
                        TENANT, List.of(new SeriesStore.Wanted(key, Optional.empty())), 1_000_000)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    private void rank(String node, Labels labels, double score) {
        ranked.add(
                new ScoreQueries.Ranked(
                        new ScorePlace(
                                Optional.of("edge"), Optional.of(node), Optional.of("io"), labels),
                        score,
                        1,
                        0,
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty()));
    }

    private Companions.Found beside(Series series, boolean week, boolean siblings) {
        Visit visit =
                new Visit(
                        new Tenant(
                                TENANT, "T", ZoneOffset.UTC, TenantLimits.DEFAULT, Instant.EPOCH),
                        new Rights(true, true, false),
                        PageFixture.CLOCK,
                        PageFixture.DAY,
                        "",
                        false,
                        false,
                        "http://here",
                        "/series/1",
                        "");
        return new Companions(directory, points, scores)
                .of(visit, series, new Beside(week, siblings, false))
                .await()
                .indefinitely();
    }

    @Test
    void nothingIsReadOfWhatWasNotAskedFor() {
        Series own = series("a", Labels.NONE);
        series("b", Labels.NONE);
        assertEquals(Companions.Found.NOTHING, beside(own, false, false));
        assertEquals(List.of(), calls);
        beside(own, true, false);
        assertEquals(List.of("PointReader.points"), calls);
    }

    @Test
    void lastWeekIsTheSameStretchSevenDaysEarlierDrawnOverThisOne() {
        Series own = series("a", Labels.NONE);
        Companion week = beside(own, true, false).lines().getFirst();
        Instant drawn = Instant.ofEpochMilli(week.points().getFirst().at());
        assertEquals(PageFixture.DAY.range().from().plusSeconds(60), drawn);
        assertEquals("", week.href());
        assertEquals((double) own.id().value(), week.points().getFirst().value());
    }

    @Test
    void strangestSiblingsStandFirstNeighboursByNameFillUp() {
        for (String node : List.of("a", "b", "c", "d", "e", "f", "g")) {
            series(node, Labels.NONE);
        }
        Series own = series("e", Labels.NONE);
        rank("e", Labels.NONE, 0.95);
        rank("b", Labels.NONE, 0.9);
        rank("a", DISK, 0.8);
        Companions.Found found = beside(own, false, true);
        assertEquals(
                List.of("b", "f", "g", "a"), found.lines().stream().map(Companion::name).toList());
        assertEquals(
                List.of("s1", "s2", "s3", "s4"),
                found.lines().stream().map(Companion::style).toList());
        assertEquals(2, found.rest());
    }

    @Test
    void seriesOfOtherLabelsOrOfTheSameNodeAreNoSiblings() {
        Series own = series("a", DISK);
        series("a", Labels.of(Map.of("disk", "sdb")));
        series("b", Labels.of(Map.of("disk", "sdb")));
        series("b", Labels.of(Map.of("disk", "sda", "path", "/")));
        Series sibling = series("b", DISK);
        List<Companion> lines = beside(own, false, true).lines();
        assertEquals(1, lines.size());
        assertEquals(Links.series(sibling, PageFixture.DAY.query()), lines.getFirst().href());
    }

    @Test
    void aNodeAloneHasNothingBesideItAndNoPointIsRead() {
        assertEquals(Companions.Found.NOTHING, beside(series("a", Labels.NONE), false, true));
        assertEquals(List.of(), read);
    }

    @Test
    void tenThousandNodesCostAsMuchAsFew() {
        for (int i = 0; i < 10_000; i++) {
            catalogue.add(
                    new Series(
                            new SeriesId(TENANT, i + 1),
                            new SeriesKey(TENANT, "edge", "n-" + i, "io", Labels.NONE),
                            Optional.empty(),
                            0));
        }
        for (int i = 9_999; i >= 5_000; i--) {
            rank("n-" + i, Labels.NONE, i / 10_000.0);
        }
        Companions.Found found = beside(series("n-7", Labels.NONE), true, true);
        assertEquals(
                List.of("Last week", "n-9999", "n-9998", "n-9997", "n-9996"),
                found.lines().stream().map(Companion::name).toList());
        assertTrue(found.rest() <= Companions.KNOWN, "knows " + found.rest());
        assertEquals(List.of(1, 4), read.stream().map(Collection::size).sorted().toList());
        assertTrue(calls.size() <= 8, calls.toString());
    }

    @Test
    void valueAtATimeIsThatOfTheNearestPointInReach() {
        List<Judged> points = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            points.add(new Judged(60_000L * i + 5000, i, Double.NaN, Double.NaN, Double.NaN, 0));
        }
        Companion one = new Companion("s1", "n", "node n", "", points);
        assertEquals(210_000, one.reach());
        assertEquals(3, one.at(180_000, one.reach()).orElseThrow());
        assertEquals(2, one.at(150_000, one.reach()).orElseThrow());
        assertEquals(9, one.at(700_000, one.reach()).orElseThrow());
        assertTrue(one.at(800_000, one.reach()).isEmpty());
        assertTrue(
                new Companion("week", "w", "w", "", List.of())
                        .at(0, Duration.ofHours(1).toMillis())
                        .isEmpty());
    }
}
