package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.Company;
import dev.vedette.detection.engine.AnomalyExplanation;
import dev.vedette.detection.engine.AnomalyExplanation.Evidence;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.AnomalyType;
import dev.vedette.series.Labels;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainerTest {
    private static final double GIB = 1L << 30;
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final boolean OPEN = true;
    private static final boolean CLOSED = false;
    private final Explainer explainer = new Explainer(Phrases.ENGLISH);

    private static SeriesKey key(String node, String metric) {
        return new SeriesKey(new TenantId("acme"), "eu", node, metric, Labels.NONE);
    }

    /** 18 November 2026 is a Wednesday. */
    private static Instant at(String clock) {
        return Instant.parse("2026-11-18T" + clock + ":00Z");
    }

    private static AnomalyResult anomaly(
            AnomalyKind kind,
            String from,
            String to,
            boolean open,
            double observed,
            double expected,
            double lower,
            double upper) {
        return new AnomalyResult(
                at(from), at(to), at(to), open, 0.9, kind, 0.5, 0.8, observed, expected, lower,
                upper, 4, Map.of());
    }

    private String say(String node, String metric, String unit, AnomalyResult anomaly) {
        return explainer
                .explain(key(node, metric), Optional.of(unit), anomaly, UTC)
                .text()
                .replace('\u202f', ' ');
    }

    @Test
    void spikeSaysWhatHowMuchWhenAndAgainstWhat() {
        assertEquals(
                "CPU on api-05 jumped to 97 % at 20:15 for 4 min, 49 points above its usual"
                        + " Wednesday-evening 31–48 %.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(
                                AnomalyKind.SPIKE,
                                "20:15",
                                "20:19",
                                CLOSED,
                                97.2,
                                40,
                                31.3,
                                47.8)));
        assertEquals(
                "CPU on api-05 jumped to 97 % at 20:15, 49 points above its usual"
                        + " Wednesday-evening 31–48 %.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.SPIKE, "20:15", "20:15", OPEN, 97.2, 40, 31.3, 47.8)));
        assertEquals(
                "CPU on api-05 jumped at 20:15 and has reached 97 % since, 49 points above its"
                        + " usual Wednesday-evening 31–48 %.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.SPIKE, "20:15", "20:19", OPEN, 97.2, 40, 31.3, 47.8)));
    }

    @Test
    void dipFell() {
        assertEquals(
                "Order count on checkout fell to 12 at 14:02, 73 below its usual"
                        + " Wednesday-afternoon 85–110.",
                say(
                        "checkout",
                        "orders",
                        "count",
                        anomaly(AnomalyKind.DIP, "14:02", "14:02", OPEN, 12, 97, 85, 110)));
    }

    @Test
    void trendHasClimbedSince() {
        assertEquals(
                "Used memory on node-042 has climbed to 14.2 GiB since 09:10, where 9.1–10.4 GiB is"
                        + " usual.",
                say(
                        "node-042",
                        "memory_used",
                        "bytes",
                        anomaly(
                                AnomalyKind.TREND,
                                "09:10",
                                "12:10",
                                OPEN,
                                14.2 * GIB,
                                9.8 * GIB,
                                9.1 * GIB,
                                10.4 * GIB)));
        assertEquals(
                "Free memory on db-1 sank to 2 from 09:10 on, where 5–8 is usual; it lasted 1 h"
                        + " 30 min.",
                say(
                        "db-1",
                        "memory_free",
                        "",
                        anomaly(AnomalyKind.TREND, "09:10", "10:40", CLOSED, 2, 6, 5, 8)));
    }

    @Test
    void trendWithItsPointsSaysHowFast() {
        long[] millis = new long[25];
        double[] values = new double[25];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = at("09:10").toEpochMilli() + i * 300_000L;
            values[i] = (10.4 + 1.5 * i / 12) * GIB;
        }
        MetricSeries series =
                new MetricSeries(
                        key("node-042", "memory"), millis, values, Map.of("unit", "bytes"));
        AnomalyResult anomaly =
                anomaly(
                        AnomalyKind.TREND,
                        "09:10",
                        "11:10",
                        OPEN,
                        values[24],
                        9.8 * GIB,
                        9.1 * GIB,
                        10.4 * GIB);
        assertEquals(
                "Memory on node-042 has climbed 1.5 GiB an hour since 09:10, now 13.4 GiB where"
                        + " 9.1–10.4 GiB is usual.",
                explainer.explain(series, anomaly, UTC).text().replace('\u202f', ' '));
        assertEquals(
                "Memory on node-042 has climbed to 13.4 GiB since 09:10, where 9.1–10.4 GiB is"
                        + " usual.",
                explainer.explain(series.slice(0, 2), anomaly, UTC).text().replace('\u202f', ' '));
    }

    @Test
    void trendDownWithItsPointsSaysHowFast() {
        MetricSeries series =
                new MetricSeries(
                        key("db-1", "queue_depth"),
                        new long[] {
                            at("09:00").toEpochMilli(),
                            at("10:00").toEpochMilli(),
                            at("11:00").toEpochMilli()
                        },
                        new double[] {40, 30, 20},
                        Map.of());
        assertEquals(
                "Queue depth on db-1 has sunk 10 an hour since 09:00, now 20 where 50–60 is usual.",
                explainer
                        .explain(
                                series,
                                anomaly(AnomalyKind.TREND, "09:00", "11:00", OPEN, 20, 55, 50, 60),
                                UTC)
                        .text());
    }

    @Test
    void levelShiftSteppedAndStayed() {
        assertEquals(
                "p99 latency on gw-03 stepped up at 11:42 and has stayed there for 28 min: up to"
                        + " 262 ms, 61 ms above its usual Wednesday-afternoon 160–201 ms.",
                say(
                        "gw-03",
                        "p99_latency",
                        "ms",
                        anomaly(
                                AnomalyKind.LEVEL_SHIFT,
                                "11:42",
                                "12:10",
                                OPEN,
                                262.3,
                                180.4,
                                160.2,
                                201.1)));
        assertEquals(
                "p99 latency on gw-03 stepped up at 11:42 and stayed there for 40 min: up to"
                        + " 262 ms, 61 ms above its usual Wednesday-afternoon 160–201 ms.",
                say(
                        "gw-03",
                        "p99_latency",
                        "ms",
                        anomaly(
                                AnomalyKind.LEVEL_SHIFT,
                                "11:42",
                                "12:22",
                                CLOSED,
                                262.3,
                                180.4,
                                160.2,
                                201.1)));
    }

    @Test
    void varianceCountsHowMuchWiderInWords() {
        assertEquals(
                "Queue depth on etl-04 swings three times wider than usual since 07:30; its middle"
                        + " has not moved.",
                say(
                        "etl-04",
                        "queue_depth",
                        "count",
                        anomaly(AnomalyKind.VARIANCE, "07:30", "08:30", OPEN, 80, 50, 40, 60)));
        assertEquals(
                "Queue depth on etl-04 swung 12 times wider than usual from 07:30 for 1 h; its"
                        + " middle did not move.",
                say(
                        "etl-04",
                        "queue_depth",
                        "count",
                        anomaly(AnomalyKind.VARIANCE, "07:30", "08:30", CLOSED, 170, 50, 40, 60)));
        assertEquals(
                "Queue depth on etl-04 swings differently than usual since 07:30; its middle has not"
                        + " moved.",
                say(
                        "etl-04",
                        "queue_depth",
                        "count",
                        anomaly(AnomalyKind.VARIANCE, "07:30", "08:30", OPEN, 52, 50, 40, 60)));
    }

    @Test
    void seasonalNamesTheWeekday() {
        assertEquals(
                "Request rate on gw-01 has left its daily course since 18:00: 2 100 requests/s at 19:00"
                        + " where 5 800–6 900 requests/s is usual on Wednesdays.",
                say(
                        "gw-01",
                        "requests",
                        "requests/s",
                        anomaly(
                                AnomalyKind.SEASONAL,
                                "18:00",
                                "19:00",
                                OPEN,
                                2100,
                                6300,
                                5800,
                                6900)));
    }

    @Test
    void flatlineAndMissingNeedNoNumbers() {
        double none = Double.NaN;
        assertEquals(
                "Temperature on rack-7 has not changed by a digit since 03:12; it usually moves.",
                say(
                        "rack-7",
                        "temperature",
                        "",
                        anomaly(AnomalyKind.FLATLINE, "03:12", "04:12", OPEN, 21, 21, 20, 22)));
        assertEquals(
                "gw-07 has sent no disk_read since 02:10.",
                say(
                        "gw-07",
                        "disk_read",
                        "bytes/s",
                        anomaly(AnomalyKind.MISSING, "02:10", "02:50", OPEN, none, none, 0, 1)));
        assertEquals(
                "gw-07 sent no disk_read from 02:10 on for 40 min.",
                say(
                        "gw-07",
                        "disk_read",
                        "bytes/s",
                        anomaly(AnomalyKind.MISSING, "02:10", "02:50", CLOSED, none, none, 0, 1)));
    }

    @Test
    void valueInsideItsBandIsNotCalledAJump() {
        assertEquals(
                "CPU on api-05 moved strangely at 20:15 for 4 min, though its 40 % lies inside the"
                        + " usual 31–48 %.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.SPIKE, "20:15", "20:19", CLOSED, 40, 40, 31, 48)));
        // the strongest value decides what is said
        assertEquals(
                "CPU on api-05 fell to 4 % at 20:15 for 4 min, 27 points below its usual"
                        + " Wednesday-evening 31–48 %.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.SPIKE, "20:15", "20:19", CLOSED, 4, 40, 31, 48)));
        assertEquals(
                "CPU on api-05 jumped to 97 % at 20:15 for 4 min, 49 points above its usual"
                        + " Wednesday-evening 31–48 %.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.DIP, "20:15", "20:19", CLOSED, 97, 40, 31, 48)));
    }

    @Test
    void normalSaysHowMuchIsToSpare() {
        assertEquals(
                "CPU on api-05 is inside its band, with 38 % of it to spare.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.NORMAL, "20:15", "20:15", CLOSED, 46.2, 40, 30, 50)));
        assertEquals(
                "CPU on api-05 left its band at 20:15, but by too little to matter: 51 % where"
                        + " 30–50 % is usual.",
                say(
                        "api-05",
                        "cpu_usage",
                        "percent",
                        anomaly(AnomalyKind.NORMAL, "20:15", "20:15", CLOSED, 51, 40, 30, 50)));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindAndSituationHasASentenceEvenWithoutABand(AnomalyKind kind) {
        double none = Double.NaN;
        for (double[] band : new double[][] {{40, 31, 48}, {none, none, none}}) {
            for (boolean open : new boolean[] {true, false}) {
                for (String to : List.of("20:15", "20:19")) {
                    for (double observed : new double[] {97, 2, 40}) {
                        String text =
                                say(
                                        "api-05",
                                        "odd.name",
                                        "widgets",
                                        anomaly(
                                                kind, "20:15", to, open, observed, band[0], band[1],
                                                band[2]));
                        assertTrue(text.endsWith("."), text);
                        assertFalse(text.contains("{") || text.contains("NaN"), text);
                    }
                }
            }
        }
    }

    @Test
    void dayIsSaidWhenTheAnomalySpansSeveral() {
        AnomalyResult long_ =
                new AnomalyResult(
                        Instant.parse("2026-11-17T20:15:00Z"),
                        Instant.parse("2026-11-20T20:15:00Z"),
                        Instant.parse("2026-11-18T20:15:00Z"),
                        false,
                        0.9,
                        AnomalyKind.SPIKE,
                        0.5,
                        0.8,
                        97,
                        40,
                        31,
                        48,
                        4,
                        Map.of());
        assertEquals(
                "CPU on api-05 jumped to 97 % at 17 Nov 20:15 for 3 days, 49 points above its"
                        + " usual Wednesday-evening 31–48 %.",
                say("api-05", "cpu_usage", "percent", long_));
    }

    @Test
    void evidenceIsSaidInWordsStrongestFirst() {
        AnomalyResult anomaly =
                new AnomalyResult(
                        at("20:15"),
                        at("20:19"),
                        at("20:15"),
                        true,
                        0.9,
                        AnomalyKind.SPIKE,
                        0.5,
                        0.8,
                        97,
                        40,
                        31,
                        48,
                        4,
                        Map.of("season", 0.4, "point", 3.5, "forecast", 0.0, "voodoo", 0.4));
        AnomalyExplanation explanation =
                explainer.explain(key("api-05", "cpu_usage"), Optional.of("percent"), anomaly, UTC);
        assertEquals(AnomalyType.SPIKE, explanation.label());
        assertEquals(0.8, explanation.confidence());
        assertEquals(
                List.of(
                        new Evidence(
                                "point",
                                "The value itself: 97\u202f% where 31–48\u202f% is usual.",
                                1),
                        new Evidence("season", "At this time of day it is usually elsewhere.", 0.4),
                        new Evidence("voodoo", "The check voodoo found it strange.", 0.4)),
                explanation.evidence());
    }

    @Test
    void portOfDetectionGivesTheSameWords() {
        AnomalyResult anomaly =
                anomaly(AnomalyKind.SPIKE, "20:15", "20:19", CLOSED, 97.2, 40, 31.3, 47.8);
        Series series =
                new Series(
                        new SeriesId(new TenantId("acme"), 1),
                        key("api-05", "cpu_usage"),
                        Optional.of("percent"),
                        0);
        assertEquals(
                "CPU on api-05 jumped to 97 % at 21:15 for 4 min, 49 points above its usual"
                        + " Wednesday-evening 31–48 %.",
                explainer
                        .explain(series, anomaly, ZoneId.of("Europe/Berlin"))
                        .replace('\u202f', ' '));
    }

    @Test
    void whatMovedWithItIsNamedInASentenceOfItsOwn() {
        assertEquals("CPU jumped.", company(0, 0));
        assertEquals("CPU jumped. Disk usage moved with it.", company(0, 0, "disk_usage"));
        assertEquals(
                "CPU jumped. Used memory, CPU, queue depth and 2 more moved with it.",
                company(0, 0, "memory_used", "cpu_usage", "queue_depth", "swap_in", "swap_out"));
    }

    @Test
    void whetherOtherNodesDidTheSameIsSaidOfAClusterOfSome() {
        assertEquals("CPU jumped.", company(2, 1));
        assertEquals("CPU jumped. None of the 11 other nodes of eu did the same.", company(11, 0));
        assertEquals(
                "CPU jumped. Disk usage moved with it. So did 4 of the 11 other nodes of eu.",
                company(11, 4, "disk_usage"));
    }

    private String company(int others, int strange, String... metrics) {
        Series series =
                new Series(
                        new SeriesId(new TenantId("acme"), 1),
                        key("node-042", "cpu_usage"),
                        Optional.empty(),
                        0);
        List<SeriesKey> moved = Stream.of(metrics).map(metric -> key("node-042", metric)).toList();
        return explainer.withCompany(
                "CPU jumped.", AnomalyPlace.of(series), new Company(moved, others, strange));
    }
}
