package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.NodeRow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AbsencesTest {
    private static final long STEP = 60_000;

    private Absences absences = new Absences();
    private final List<Absences.Absence> found = new ArrayList<>();

    @BeforeEach
    void fourMetrics() {
        for (int i = 0; i < 4; i++) {
            absences.join();
        }
    }

    @Test
    void metricThatStaysAwayIsToldOnceAndAgainWhenTheSilenceHasDoubled() {
        go(0, 100, 4);
        go(100, 111, 3);
        assertEquals(List.of(), found);
        go(111, 160, 3);
        assertEquals(List.of(12L, 24L, 48L), found.stream().map(this::minutes).toList());
        AnomalyResult last = found.getLast().result();
        assertEquals(AnomalyKind.MISSING, last.kind());
        assertTrue(last.open());
        assertEquals(time(99), last.windowStart());
        assertEquals(0.6, found.getFirst().result().anomalyScore(), 1e-9);
        assertTrue(last.anomalyScore() > 0.8);
    }

    @Test
    void absenceEndsWhenTheMetricReturns() {
        go(0, 100, 4);
        go(100, 130, 3);
        go(130, 131, 4);
        AnomalyResult last = found.getLast().result();
        assertEquals(false, last.open());
        assertEquals(time(130), last.windowEnd());
        int told = found.size();
        go(131, 200, 4);
        assertEquals(told, found.size());
    }

    @Test
    void absenceIsGivenUpAfterAWeekAndNotToldAgain() {
        go(0, 100, 4);
        go(100, 100 + 9 * 1440, 3);
        AnomalyResult last = found.getLast().result();
        assertEquals(false, last.open());
        assertEquals(
                Duration.ofDays(Absences.RETIRED_DAYS),
                Duration.between(last.windowStart(), last.windowEnd()));
    }

    @Test
    void announcedEndIsNotMissed() {
        go(0, 100, 4);
        absences.seen(3, 100 * STEP, Double.NaN, found);
        go(101, 400, 3);
        assertEquals(List.of(), found);
    }

    @Test
    void metricsImportedOneAfterAnotherDoNotAlarm() {
        go(0, 100, 4);
        for (int minute = 100; minute < 3000; minute++) {
            absences.seen(0, minute * STEP, 1, found);
            row(minute, 1, false);
        }
        assertEquals(List.of(), found);
        // The same in the present is a node that lost three of its four metrics.
        for (int minute = 3000; minute < 3010; minute++) {
            absences.seen(0, minute * STEP, 1, found);
            row(minute, 1, true);
        }
        assertEquals(3, found.size());
    }

    @Test
    void holesThatAreUsualAreNoAbsence() {
        for (int day = 0; day < 12; day++) {
            go(day * 1440, day * 1440 + 960, 4);
            go(day * 1440 + 960, (day + 1) * 1440, 3);
            if (day == 6) {
                found.clear();
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void restoredStateGoesOnTheSame() {
        go(0, 100, 4);
        go(100, 130, 3);
        ByteBuffer out = ByteBuffer.allocate(absences.bytes());
        absences.write(out);
        assertEquals(0, out.remaining());
        absences = Absences.read(out.flip());
        found.clear();
        go(130, 148, 3);
        assertEquals(List.of(48L), found.stream().map(this::minutes).toList());
    }

    private long minutes(Absences.Absence one) {
        return Duration.between(one.result().windowStart(), one.result().windowEnd()).toMinutes();
    }

    private static Instant time(long minute) {
        return Instant.ofEpochMilli(minute * STEP);
    }

    private void go(int from, int to, int metrics) {
        for (int minute = from; minute < to; minute++) {
            for (int i = 0; i < metrics; i++) {
                absences.seen(i, minute * STEP, 1, found);
            }
            row(minute, metrics, false);
        }
    }

    private void row(int minute, int metrics, boolean present) {
        NodeRow row = new NodeRow();
        row.clear(minute * STEP);
        for (int i = 0; i < metrics; i++) {
            row.put(i, 1, 0, false);
        }
        absences.row(row, present, found);
    }
}
