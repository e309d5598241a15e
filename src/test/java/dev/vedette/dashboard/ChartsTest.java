package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What drawings must not lose or invent. */
class ChartsTest {
    private static final Instant FROM = Instant.parse("2026-11-18T06:00:00Z");
    private static final Clock CLOCK =
            new Clock(ZoneId.of("UTC"), FROM.plusSeconds(6 * 3600), Language.ENGLISH);
    private static final TimeRange RANGE = new TimeRange(FROM, FROM.plusSeconds(6 * 3600));
    private static final TimeAxis AXIS = new TimeAxis(RANGE, CLOCK);

    private static List<Judged> flat(int count) {
        List<Judged> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = FROM.toEpochMilli() + RANGE.duration().toMillis() * i / count;
            points.add(new Judged(at, 10, 10, 9, 11, 0.1));
        }
        return points;
    }

    @Test
    void spikeSurvivesThinning() {
        List<Judged> points = flat(20_000);
        Judged spike = new Judged(points.get(7777).at(), 99, 10, 9, 11, 0.9);
        points.set(7777, spike);
        List<Judged> thinned = Thinning.thin(points, AXIS, 400);
        assertTrue(thinned.size() <= 1600, "keeps " + thinned.size());
        assertTrue(thinned.contains(spike));
    }

    @Test
    void gapBreaksTheLine() {
        List<Judged> points = flat(360);
        points.subList(100, 140).clear();
        BandLines lines =
                new BandLines(
                        AXIS,
                        ValueAxis.around(9, 11, false, 0, 100),
                        Thinning.longestPause(points, AXIS, Thinning.BINS));
        String path = lines.observed(points, Optional.empty());
        assertEquals(2, path.chars().filter(c -> c == 'M').count(), path);
        assertEquals(1, lines.gaps(points).size());
    }

    @Test
    void whatStandsBesideASeriesIsDrawnOnItsAxesAndToldByItsTwin() {
        List<Judged> above = new ArrayList<>();
        for (Judged point : flat(360)) {
            above.add(new Judged(point.at(), 40, Double.NaN, Double.NaN, Double.NaN, 0));
        }
        Companion other = new Companion("s1", "node-9", "node node-9", "/series/9", above);
        Companion none = new Companion("week", "Last week", "last_week", "", List.of());
        BandChart chart =
                BandChart.of(
                        new BandChart.Subject(
                                flat(360),
                                Optional.empty(),
                                List.of(),
                                Figures.of(Optional.of("percent"), 40),
                                false,
                                List.of(none, other)),
                        AXIS,
                        "Quiet.");
        assertEquals("40", chart.yTicks().getLast().text());
        assertTrue(chart.beside().get(1).path().startsWith("M0 "), chart.beside().get(1).path());
        assertEquals(6, chart.beside().get(1).dots().size());
        assertEquals("no points then", chart.beside().get(0).last());
        assertEquals(List.of("", "40.0\u202f%"), chart.rows().getLast().beside());
    }

    @Test
    void thinnedLineWithoutGapIsWhole() {
        List<Judged> points = flat(20_000);
        BandLines lines =
                new BandLines(
                        AXIS,
                        ValueAxis.around(9, 11, false, 0, 100),
                        Thinning.longestPause(points, AXIS, 50));
        String path = lines.observed(Thinning.thin(points, AXIS, 50), Optional.empty());
        assertEquals(1, path.chars().filter(c -> c == 'M').count());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 97, true",
        "9.1, 14.2, false",
        "-3, 4, false",
        "180, 262, false",
        "0, 0.012, true"
    })
    void axisHasThreeToSixRoundTicks(double low, double high, boolean fromZero) {
        ValueAxis axis = ValueAxis.around(low, high, fromZero, 0, 100);
        int ticks = axis.ticks(Figures.COUNT).size();
        assertTrue(ticks >= 3 && ticks <= 6, low + " to " + high + " has " + ticks);
        assertTrue(axis.low() <= low && axis.high() >= high);
    }

    @Test
    void bytesAreDrawnOnRoundBinaryUnits() {
        double gib = 1024.0 * 1024 * 1024;
        Figures figures = Figures.of(Optional.of("bytes"), 14.2 * gib);
        assertEquals("7", Figures.of(Optional.of("count"), 14, true).number(7));
        assertEquals("2.5", Figures.of(Optional.of("count"), 14, false).number(2.5));
        ValueAxis axis = ValueAxis.around(9.1, 14.2, false, 0, 100).times(gib);
        assertEquals("GiB", figures.unit());
        assertEquals(
                List.of("8", "10", "12", "14"),
                axis.ticks(figures).stream().map(ValueAxis.Tick::text).toList());
    }

    @Test
    void hoursAreRoundAndMidnightNamesItsDay() {
        TimeRange night = new TimeRange(FROM.minus(Duration.ofHours(18)), FROM);
        List<String> texts =
                new TimeAxis(night, CLOCK).ticks(9).stream().map(TimeAxis.Tick::text).toList();
        assertEquals(
                List.of("12:00", "14:00", "16:00", "18:00", "20:00", "22:00", "Wed 00:00"),
                texts.subList(0, 7));
    }

    @ParameterizedTest
    @CsvSource({"0.39, quiet, 3", "0.45, info, 4", "0.6, warn, 6", "0.85, crit, 8", "1, crit, 10"})
    void scoreHasOneScaleEverywhere(double score, String state, int step) {
        assertEquals(state, ScoreMark.of(score, Language.ENGLISH).state());
        assertEquals(step, ScoreMark.of(score, Language.ENGLISH).step());
    }

    @Test
    void endLabelsKeepTheirDistance() {
        List<Judged> points = flat(10);
        ValueAxis axis = ValueAxis.around(9, 11, false, 64, 312);
        List<BandChart.Label> labels =
                EndLabels.of(points, axis, Figures.SCORE, false, Language.ENGLISH);
        double apart =
                Math.abs(
                        Double.parseDouble(labels.get(0).y())
                                - Double.parseDouble(labels.get(1).y()));
        assertTrue(apart >= 33.9, "apart " + apart);
    }

    @Test
    void silenceAfterDataIsHatchedAndBeforeItIsEmpty() {
        double[] scores = {Double.NaN, 0.2, Double.NaN, 0.9};
        SwimLanes.Row row = new SwimLanes.Row("c", "n", "/n", scores, new Tally(1, false));
        SwimLanes lanes =
                SwimLanes.of(
                        new SwimLanes.Subject(row, List.of(row), new int[] {0, 1, 0, 1}, 8),
                        RANGE,
                        Duration.ofMinutes(90),
                        CLOCK);
        SwimLanes.Lane lane = lanes.lanes().getFirst();
        assertEquals(
                List.of(
                        new SwimLanes.Fill(2, "M1 0h1v1h-1z"),
                        new SwimLanes.Fill(9, "M3 0h1v1h-1z")),
                lane.fills());
        assertEquals(List.of(new SwimLanes.Gap("50%", "25%")), lane.gaps());
        assertEquals(List.of(new SwimLanes.Glyph("crit", "87.5%", true)), lane.glyphs());
        assertEquals("- 20 - 90", lane.scores());
    }

    @Test
    void silenceOfManyCellsIsOneGapAndTheLastCellIsNone() {
        double none = Double.NaN;
        double[] scores = {0.1, none, none, none, 0.1, none, 0.1, none, none, none};
        SwimLanes.Row row = new SwimLanes.Row("c", "n", "/n", scores, new Tally(0, false));
        SwimLanes lanes =
                SwimLanes.of(
                        new SwimLanes.Subject(row, List.of(row), new int[10], 8),
                        RANGE,
                        Duration.ofMinutes(36),
                        CLOCK);
        assertEquals(
                List.of(
                        new SwimLanes.Gap("10%", "30%"),
                        new SwimLanes.Gap("50%", "10%"),
                        new SwimLanes.Gap("70%", "20%")),
                lanes.lanes().getFirst().gaps());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.04, 0", "0.05, 0.1", "12.34, 12.3", "-7.25, -7.3", "99.96, 100"})
    void coordinatesHaveOneDecimalAndNoZerosAtTheEnd(double value, String text) {
        assertEquals(text, Svg.number(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0%",
        "1, 100%",
        "0.0104166, 1.04%",
        "0.3, 30%",
        "0.0005, 0.05%",
        "0.105, 10.5%"
    })
    void sharesHaveTwoDecimalsAtMost(double share, String text) {
        assertEquals(text, Svg.percent(share));
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes/a/b?window=6h, /nodes/a/b?window=6h",
        "//evil.example, /",
        "https://evil.example, /",
        "/\\evil, /",
        ", /"
    })
    void signInLeadsOnlyToThisSite(String back, String where) {
        assertEquals(where, Preferences.here(back).toString());
    }

    @Test
    void countOfTheNewestSaysThatThereMayBeMore() {
        List<Integer> newest = Collections.nCopies(1000, 1);
        Tally all = Tally.ofNewest(newest, 1001);
        assertEquals("1\u202f000", all.text());
        assertTrue(all.part(0).isNone());
        Tally some = Tally.ofNewest(newest, 1000);
        assertEquals("1\u202f000+", some.text());
        assertEquals("992+", some.part(992).text());
        assertFalse(some.part(0).isNone(), "an older one may be of this lane");
    }
}
