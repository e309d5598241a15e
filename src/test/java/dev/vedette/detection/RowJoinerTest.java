package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.NodeRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RowJoinerTest {
    private static final long STEP = 60_000;

    private RowJoiner joiner = new RowJoiner();
    private final List<String> rows = new ArrayList<>();

    @BeforeEach
    void threeMetrics() {
        joiner.join();
        joiner.join();
        joiner.join();
    }

    @Test
    void rowIsCompleteWithTheLastMetricThatUsuallyComes() {
        add(0, 0);
        add(1, 0);
        assertEquals(List.of(), rows);
        add(2, 0);
        assertEquals(List.of("0:012"), rows);
    }

    @Test
    void metricsSentALittleApartAreOneRow() {
        wholeRows(0, 5);
        add(0, 5 * STEP);
        add(1, 5 * STEP + 900);
        add(2, 5 * STEP + 20_000);
        assertEquals("5:012", rows.getLast());
    }

    @Test
    void missingMetricIsWaitedForFourStepsAndThenRowsComeInOrder() {
        wholeRows(0, 5);
        for (int minute = 5; minute < 9; minute++) {
            add(0, minute * STEP);
            add(1, minute * STEP);
        }
        assertEquals("4:012", rows.getLast());
        add(2, 6 * STEP);
        add(0, 9 * STEP);
        add(1, 9 * STEP);
        add(0, 10 * STEP);
        assertEquals(List.of("5:01", "6:012"), rows.subList(5, 7));
    }

    @Test
    void metricThatStaysAwayIsNoLongerWaitedFor() {
        wholeRows(0, 5);
        for (int minute = 5; minute < 40; minute++) {
            add(0, minute * STEP);
            add(1, minute * STEP);
        }
        assertEquals("39:01", rows.getLast());
    }

    @Test
    void pointOfAClosedRowIsTooLate() {
        wholeRows(0, 5);
        for (int minute = 5; minute < 40; minute++) {
            add(0, minute * STEP);
            add(1, minute * STEP);
        }
        assertEquals("39:01", rows.getLast());
        assertFalse(joiner.add(2, 39 * STEP + 1000, 1, 0, false));
        assertFalse(joiner.add(2, 20 * STEP, 1, 0, false));
        assertTrue(joiner.add(2, 40 * STEP, 1, 0, false));
    }

    @Test
    void coarserMetricJoinsTheRowsItComesWith() {
        wholeRows(0, 1);
        for (int minute = 1; minute <= 60; minute++) {
            assertTrue(joiner.add(0, minute * STEP, 1, 0, false));
            assertTrue(minute % 5 != 0 || joiner.add(2, minute * STEP, 1, 0, false));
            add(1, minute * STEP);
        }
        assertEquals("60:012", rows.getLast());
        assertTrue(rows.contains("59:01"), () -> rows.toString());
        assertEquals(STEP, joiner.stepMillis(), 1);
    }

    @Test
    void changeOfResolutionIsFollowed() {
        wholeRows(0, 10);
        for (int i = 0; i < 200; i++) {
            long time = 10 * STEP + i * 10_000L;
            add(0, time);
            add(1, time);
            add(2, time);
        }
        assertEquals(10_000, joiner.stepMillis(), 500);
        assertTrue(rows.getLast().endsWith(":012"), rows.getLast());
    }

    @Test
    void restoredJoinerGoesOnTheSame() {
        wholeRows(0, 5);
        add(0, 5 * STEP);
        add(0, 6 * STEP);
        ByteBuffer out = ByteBuffer.allocate(joiner.bytes());
        joiner.write(out);
        assertEquals(0, out.remaining());
        joiner = RowJoiner.read(out.flip());
        add(1, 5 * STEP);
        add(2, 5 * STEP);
        assertEquals("5:012", rows.getLast());
    }

    private void wholeRows(int from, int to) {
        for (int minute = from; minute < to; minute++) {
            add(0, minute * STEP);
            add(1, minute * STEP);
            add(2, minute * STEP);
        }
    }

    private void add(int metric, long time) {
        assertTrue(joiner.add(metric, time, 1, 0, false), metric + " at " + time + " in " + rows);
        for (NodeRow row = joiner.next(); row != null; row = joiner.next()) {
            StringBuilder text = new StringBuilder().append(row.epochMillis() / STEP).append(':');
            for (int i = 0; i < 3; i++) {
                text.append(row.has(i) ? Integer.toString(i) : "");
            }
            rows.add(text.toString());
            joiner.done(row);
        }
    }
}
