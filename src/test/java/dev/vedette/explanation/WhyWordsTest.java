package dev.vedette.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.JudgedMoment;
import dev.vedette.detection.JudgedMoment.Standing;
import dev.vedette.detection.JudgedMoments;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WhyWordsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final Series SERIES =
            new Series(
                    new SeriesId(ACME, 1),
                    new SeriesKey(ACME, "edge", "api-05", "cpu_usage", Labels.NONE),
                    Optional.of("percent"),
                    0);
    private static final int POINTS = 3000;

    @Test
    void usualValueIsInsideItsBandAndWhatWouldHaveFiredDoesFire() {
        JudgedMoment moment = moment(DetectionSettings.DEFAULT, 40);
        Why why = say(moment);
        assertEquals(Standing.INSIDE_BAND, why.standing());
        assertTrue(why.sentence().contains("inside its band"), why.sentence());
        assertEquals(Why.Outcome.STOPPED, why.checks().getFirst().outcome());
        assertTrue(why.wouldHaveFired().contains("upwards"), why.wouldHaveFired());
        double above = moment.firesAbove().orElseThrow();
        assertTrue(above > moment.verdict().upper(), above + " is inside " + moment);
        assertEquals(
                Standing.ANOMALY, say(moment(DetectionSettings.DEFAULT, above + 1e-6)).standing());
    }

    @Test
    void valueOnTheOtherSideIsStoppedThereAlone() {
        Why why = say(moment(settings(Direction.BELOW, 0), 90));
        assertEquals(Standing.OTHER_SIDE, why.standing(), why.sentence());
        assertEquals(
                List.of("passed", "stopped", "would_pass", "would_pass"),
                why.checks().stream().map(check -> check.outcome().label()).toList());
        assertTrue(why.wouldHaveFired().endsWith("downwards."), why.wouldHaveFired());
    }

    @Test
    void valueBelowTheGateSaysHowMuchIsAskedFor() {
        Why why = say(moment(settings(Direction.BOTH, 60), 90));
        assertEquals(Standing.BELOW_GATE, why.standing(), why.sentence());
        assertTrue(why.sentence().contains("of 60"), why.sentence());
    }

    @Test
    void highThresholdIsNotReached() {
        DetectionSettings strict = new DetectionSettings(1, Direction.BOTH, 0, 0, ZoneOffset.UTC);
        Why why = say(moment(strict, 47));
        assertEquals(Standing.BELOW_THRESHOLD, why.standing(), why.sentence());
        assertTrue(why.sentence().contains("opens from 1.00"), why.sentence());
    }

    @Test
    void jumpIsAnAnomaly() {
        Why why = say(moment(DetectionSettings.DEFAULT, 95));
        assertEquals(Standing.ANOMALY, why.standing());
        assertEquals(List.of(), why.checks());
        assertEquals("", why.wouldHaveFired());
    }

    @Test
    void fewPointsAreLearntFrom() {
        double[] few = Arrays.copyOf(values(40), 10);
        Why why = say(JudgedMoments.of(DetectionSettings.DEFAULT, few, 0));
        assertEquals(Standing.WARMING_UP, why.standing());
        assertTrue(why.sentence().contains("21 more points"), why.sentence());
        assertTrue(why.sentence().contains("at about 00:"), why.sentence());
    }

    @Test
    void nothingAtAllAGapAndSilenceAreToldApart() {
        DetectionSettings settings = DetectionSettings.DEFAULT;
        assertEquals(
                Standing.NO_DATA, say(JudgedMoments.of(settings, new double[0], 0)).standing());
        assertEquals(Standing.GAP, say(moment(settings, Double.NaN)).standing());
        Why silent = say(JudgedMoments.of(settings, values(40), 600));
        assertEquals(Standing.SILENT, silent.standing());
        assertTrue(silent.sentence().contains("its last point came"), silent.sentence());
    }

    private static DetectionSettings settings(Direction direction, double leastDeviation) {
        return new DetectionSettings(0.6, direction, leastDeviation, 0, ZoneOffset.UTC);
    }

    private static Why say(JudgedMoment moment) {
        return new WhyWords(Phrases.ENGLISH).say(SERIES, moment, ZoneOffset.UTC);
    }

    private static JudgedMoment moment(DetectionSettings settings, double last) {
        return JudgedMoments.of(settings, values(last), 0);
    }

    private static double[] values(double last) {
        Random random = new Random(7);
        double[] values = new double[POINTS];
        Arrays.setAll(values, i -> 40 + 1.5 * random.nextGaussian());
        values[POINTS - 1] = last;
        return values;
    }
}
