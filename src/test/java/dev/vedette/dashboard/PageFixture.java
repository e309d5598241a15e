package dev.vedette.dashboard;

import dev.vedette.alerting.RouteForm;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Pages with invented data. */
final class PageFixture {
    static final Instant NOW = Instant.parse("2026-11-18T12:00:07Z");
    static final Instant ONSET = Instant.parse("2026-11-18T09:10:00Z");
    static final Clock CLOCK = new Clock(ZoneId.of("UTC"), NOW, Language.ENGLISH);
    static final Window DAY = new Window(Window.Length.DAY, NOW, NOW, true);
    static final Window SIX_HOURS = new Window(Window.Length.SIX_HOURS, NOW, NOW, true);
    private static final TimeAxis AXIS = new TimeAxis(SIX_HOURS.range(), CLOCK);
    private static final int COLUMNS = 96;

    private PageFixture() {}

    static ThresholdsView thresholds() {
        return new ThresholdsView(
                "One rule changes what counts as an alarm.",
                "Where none holds, an anomaly opens at a score of 0.6.",
                List.of(
                        new ThresholdsView.Line(
                                "checkout",
                                "/thresholds?rule=checkout#form",
                                "all about latency in prod-eu",
                                "at most 0.2 alarms a week",
                                "ann, 11:40")),
                new ThresholdForm(
                        "checkout", "latency", "", "<b>", "", "0.2", "", "above", "", "", "", "7"),
                "Change checkout",
                false,
                List.of("cpu", "latency"),
                List.of("ensemble"),
                "",
                "10 alarms where there were 31.",
                List.of(new ThresholdsView.Effect("p99_latency on gw-03", 31, 10)),
                "",
                List.of());
    }

    static RouteForm route() {
        return new RouteForm(
                Optional.of("on-call"),
                Optional.of(3),
                Optional.of(true),
                Optional.of(false),
                Optional.of(List.of("cluster=edge", "severity>=warning")),
                List.of("hook"),
                Optional.of(List.of("cluster")),
                Optional.of(90L),
                Optional.of(2),
                Optional.empty(),
                Optional.of(7200L),
                Optional.empty(),
                Optional.of(300L),
                Optional.empty(),
                Optional.of(12),
                Optional.of(new RouteForm.EscalationForm(900, List.of("mail"))),
                Optional.of(
                        List.of(
                                new RouteForm.QuietForm(
                                        "Europe/Berlin",
                                        Optional.of(List.of("mon", "tue")),
                                        "22:00",
                                        "06:00",
                                        Optional.of("critical")))));
    }

    static Frame frame(String title, Window window, String path) {
        double[] hourly = new double[168];
        Random random = new Random(7);
        Arrays.setAll(hourly, i -> 0.12 + random.nextDouble() * 0.2);
        hourly[31] = 0.7;
        hourly[32] = 0.62;
        hourly[86] = 0.9;
        hourly[87] = 0.8;
        hourly[113] = 0.64;
        hourly[152] = 0.89;
        hourly[166] = 0.74;
        hourly[167] = 0.91;
        return new Frame(
                title,
                "watch",
                new Rights(true, true, false),
                "Northwind",
                Language.ENGLISH,
                "",
                "dark",
                "UTC",
                "UTC",
                path,
                window.query(),
                false,
                path + "?table=on",
                WatchStrip.of(window, hourly, CLOCK, path + "?"),
                List.of("1\u202f680 series, 96 still learning", "Detection lag 1.4 s"));
    }

    /** A gibibyte series, one point a minute, that may climb since the onset. */
    static List<Judged> memory(Duration length, boolean climbing) {
        Random random = new Random(11);
        List<Judged> points = new ArrayList<>();
        double gib = 1024.0 * 1024 * 1024;
        long steps = length.toMinutes();
        for (long i = 0; i <= steps; i++) {
            Instant at = NOW.minus(length).plusSeconds(i * 60);
            double middle = 9.5 + 0.25 * i / steps;
            double hours =
                    climbing ? Math.max(0, Duration.between(ONSET, at).toSeconds() / 3600.0) : 0;
            double value = middle + random.nextGaussian() * (0.16 + hours * 0.06) + hours * 1.55;
            double score =
                    Math.clamp(
                            0.18 + Math.abs(random.nextGaussian()) * 0.06 + hours * 0.5, 0, 0.91);
            points.add(
                    new Judged(
                            at.toEpochMilli(),
                            value * gib,
                            middle * gib,
                            (middle - 0.63) * gib,
                            (middle + 0.63) * gib,
                            score));
        }
        return points;
    }

    static Optional<TimeRange> climb() {
        return Optional.of(new TimeRange(ONSET, NOW));
    }

    static double[] scores(long seed, int columns, double from, double peak) {
        Random random = new Random(seed);
        double[] scores = new double[columns];
        for (int i = 0; i < columns; i++) {
            double at = (double) i / columns;
            double quiet = random.nextInt(12) == 0 ? 0.32 : random.nextDouble() * 0.22;
            scores[i] =
                    at < from
                            ? quiet
                            : Math.min(peak, 0.4 + (at - from) / (1 - from) * (peak - 0.35));
        }
        return scores;
    }

    private static SwimLanes.Row row(
            String cluster, String node, double from, double peak, int alarms) {
        return new SwimLanes.Row(
                cluster,
                node,
                "/nodes/" + cluster + "/" + node,
                scores(node.hashCode(), COLUMNS, from, peak),
                new Tally(alarms, false));
    }

    static SwimLanes lanes() {
        int[] anomalous = new int[COLUMNS];
        Random random = new Random(3);
        Arrays.setAll(anomalous, i -> i < 83 ? 3 + random.nextInt(3) : i - 79);
        SwimLanes.Row silent = row("batch", "etl-04", 1, 0, 0);
        Arrays.fill(silent.scores(), 56, 60, Double.NaN);
        List<SwimLanes.Row> rows =
                List.of(
                        row("prod-eu", "node-042", 0.87, 0.91, 1),
                        row("prod-us", "gw-03", 0.98, 0.74, 1),
                        row("prod-eu", "node-017", 0.9, 0.68, 1),
                        row("prod-eu", "node-031", 0.93, 0.63, 1),
                        row("prod-eu", "lb-01", 0.94, 0.52, 0),
                        silent,
                        row("prod-ap", "db-02", 1, 0, 0),
                        row("checkout", "api-05", 1, 0, 0));
        SwimLanes.Row overall = row("", "Overall, 140 nodes", 0.87, 0.93, 4);
        return SwimLanes.of(
                new SwimLanes.Subject(overall, rows, anomalous, 1680),
                DAY.range(),
                Duration.ofMinutes(15),
                CLOCK);
    }

    static OverviewView overview() {
        return new OverviewView(
                "Two things are wrong.",
                "Three of five clusters are quiet. analytics is still learning.",
                List.of(
                        situation(
                                0.91,
                                "prod-eu",
                                "memory on node-042 has climbed 1.5 GiB an hour since 09:10, now 14.2 GiB where 9.1\u201310.4 is usual.",
                                "trend \u00b7 2 h 50 min \u00b7 3 of 40 nodes"),
                        situation(
                                0.74,
                                "prod-us",
                                "p99 latency on gw-03 stepped from 180 to 262 ms at 11:42 and stayed.",
                                "level shift \u00b7 18 min \u00b7 1 of 40 nodes")),
                List.of(
                        cluster(
                                "prod-eu",
                                "Memory on node-042 climbing; 3 of 40 nodes",
                                0.91,
                                "+0.62",
                                0.9),
                        cluster(
                                "prod-us",
                                "gw-03 slower since 11:42; 1 of 40 nodes",
                                0.74,
                                "+0.41",
                                0.98),
                        cluster("batch", "Inside its usual range", 0.38, "+0.04", 1),
                        cluster(
                                "prod-ap",
                                "Inside its usual range; 24 nodes",
                                0.22,
                                "\u22120.02",
                                1),
                        new OverviewView.Cluster(
                                "analytics",
                                "Learning: 31 of 60 points per series",
                                TrendLine.empty(),
                                new ScoreMark("learning", "12:33", "learning", 0),
                                "ready at")),
                "Nodes",
                List.of(
                        new WatchStrip.Choice("Cluster", "/?level=cluster", false),
                        new WatchStrip.Choice("Node", "/?level=node", true)),
                Optional.of(lanes()),
                "132 more nodes, none above 0.30.",
                "/?rows=all",
                "In the last 24 hours",
                "19 of 1\u202f680 series moved",
                List.of(
                        node("node-042", "prod-eu", 0.91, "4 of 12", "memory_used", "09:10"),
                        node("gw-03", "prod-us", 0.74, "2 of 12", "latency_p99", "11:42"),
                        node("node-017", "prod-eu", 0.68, "3 of 12", "memory_used", "09:32"),
                        node("lb-01", "prod-eu", 0.52, "1 of 12", "conn_active", "10:31")),
                List.of(
                        line(
                                "11:42",
                                0.74,
                                "gw-03",
                                "latency_p99 stepped from 180 to 262 ms and stayed",
                                "level shift",
                                "open"),
                        line(
                                "10:31",
                                0.52,
                                "lb-01",
                                "conn_active held 18 % above its band for 40 min",
                                "level shift",
                                "closed"),
                        line(
                                "09:10",
                                0.91,
                                "node-042",
                                "memory_used climbs 1.5 GiB an hour, now 14.2 GiB",
                                "trend",
                                "open")),
                "");
    }

    private static AnomalyLine line(
            String start, double score, String node, String what, String kind, String state) {
        return new AnomalyLine(
                start,
                ScoreMark.of(score, Language.ENGLISH),
                Sentence.of(node + " " + what, node, Language.ENGLISH),
                kind,
                state,
                "/anomalies/1");
    }

    private static OverviewView.Situation situation(
            double score, String cluster, String sentence, String meta) {
        Sparkline line = Sparkline.of(memory(Duration.ofHours(6), true), climb(), AXIS, 168, 48);
        return new OverviewView.Situation(
                ScoreMark.of(score, Language.ENGLISH),
                cluster,
                Sentence.of(
                        sentence,
                        sentence.contains("gw-03") ? "gw-03" : "node-042",
                        Language.ENGLISH),
                meta,
                "/anomalies/1",
                line);
    }

    private static OverviewView.Cluster cluster(
            String name, String words, double score, String change, double from) {
        TrendLine trend = TrendLine.of(scores(name.hashCode(), 48, from, score));
        return new OverviewView.Cluster(
                name, words, trend, ScoreMark.of(score, Language.ENGLISH), change);
    }

    private static OverviewView.Node node(
            String name, String cluster, double score, String off, String led, String moved) {
        return new OverviewView.Node(
                name,
                cluster,
                "/nodes/" + cluster + "/" + name,
                ScoreMark.of(score, Language.ENGLISH),
                off,
                led,
                moved);
    }

    static BandChart chart(List<Judged> points, Optional<TimeRange> strange) {
        return BandChart.of(
                new BandChart.Subject(
                        points,
                        strange,
                        List.of(
                                new BandChart.Moment(ONSET, "since 09:10"),
                                new BandChart.Moment(
                                        Instant.parse("2026-11-18T11:48:00Z"), "strongest 11:48")),
                        Figures.of(Optional.of("bytes"), 15e9),
                        false),
                AXIS,
                "Inside 9.1\u201310.4 GiB until 09:10, then climbing to 14.2.");
    }

    static FeedbackCorner feedback() {
        return new FeedbackCorner(
                "1",
                "2",
                "",
                "/anomalies/2",
                List.of(
                        new FeedbackCorner.Option(
                                "confirmed", "Confirmed", "c", List.of("Detection stays.")),
                        new FeedbackCorner.Option(
                                "expected", "Expected", "e", List.of("It stays.")),
                        new FeedbackCorner.Option(
                                "false_alarm",
                                "False alarm",
                                "f",
                                List.of("memory_used on node-042 would alarm from 0.92 on.")),
                        new FeedbackCorner.Option("new_normal", "New normal", "n", List.of("It."))),
                "",
                "",
                List.of(),
                List.of(),
                true,
                true);
    }

    static AnomalyView anomaly() {
        List<Judged> points = memory(Duration.ofHours(6), true);
        List<Judged> calm = memory(Duration.ofHours(6), false);
        double[] bounds = Sparkline.bounds(points);
        List<AnomalyView.Sibling> siblings = new ArrayList<>();
        siblings.add(
                new AnomalyView.Sibling(
                        "node-042",
                        "/x",
                        ScoreMark.of(0.91, Language.ENGLISH),
                        Sparkline.of(points, climb(), AXIS, 220, 64, bounds),
                        "this one"));
        for (String name : List.of("node-017", "node-031", "node-008", "node-009")) {
            siblings.add(
                    new AnomalyView.Sibling(
                            name,
                            "/x",
                            ScoreMark.of(0.2, Language.ENGLISH),
                            Sparkline.of(calm, Optional.empty(), AXIS, 220, 64, bounds),
                            "inside its band"));
        }
        Sparkline moved = Sparkline.of(points, climb(), AXIS, 320, 28);
        return new AnomalyView(
                "prod-eu",
                "node-042",
                "memory_used",
                "/explore",
                "/nodes/prod-eu/node-042",
                "/explore",
                "/incidents/1",
                "Memory on node-042 has been climbing since 09:10.",
                ScoreMark.of(0.91, Language.ENGLISH),
                List.of("trend", "open 2 h 50 min", "sure 0.94"),
                "memory_used against what is usual",
                chart(points, climb()),
                ScoreStrip.of(points, AXIS, 0.6),
                "It climbs 1.5 GiB an hour, never fell back into its band, and is now 3.8 GiB above the top of its usual range.",
                "Trend, climbing. All 146 readings since 09:34 are above the band.",
                "9.1\u201310.4 GiB, from the same hours of the last days.",
                "09:10, 2 h 50 min ago; it goes on.",
                "0.94. Long and steady.",
                List.of(
                        new AnomalyView.Evidence(
                                "One point alone",
                                "14.2 GiB is 6.9 widths above the middle",
                                ScoreMark.of(0.62, Language.ENGLISH)),
                        new AnomalyView.Evidence(
                                "The last hour together",
                                "60 of 60 points above the band",
                                ScoreMark.of(0.91, Language.ENGLISH)),
                        new AnomalyView.Evidence(
                                "Noise",
                                "The series is steady, so little is forgiven",
                                ScoreMark.of(0.4, Language.ENGLISH))),
                ScoreMark.of(0.91, Language.ENGLISH),
                "calibrated on this series",
                List.of(
                        new AnomalyView.Step("09:10", "the climb begins", true),
                        new AnomalyView.Step("11:48", "strongest: 14.2 GiB", false)),
                "memory_used on the nodes of prod-eu, same scale",
                siblings,
                "on node-042 in the same hours",
                List.of(
                        new AnomalyView.Moved(
                                "gc_pause_p99",
                                "/x",
                                ScoreMark.of(0.84, Language.ENGLISH),
                                moved,
                                "+310 %",
                                "6 min later"),
                        new AnomalyView.Moved(
                                "heap_objects",
                                "/x",
                                ScoreMark.of(0.66, Language.ENGLISH),
                                moved,
                                "+58 %",
                                "2 min earlier")),
                "/moved",
                feedback());
    }
}
