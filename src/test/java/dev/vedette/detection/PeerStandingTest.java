package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.PeerStanding.Apart;
import dev.vedette.detection.PeerStanding.Compared;
import dev.vedette.detection.engine.CorruptSnapshotException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The life of the anomaly that a node stands apart. */
class PeerStandingTest {
    private static final long BUCKET = 300_000;
    private static final int DAY = 288;
    private static final long CPU = 1;
    private static final long LOAD = 2;

    private final PeerStanding standing = new PeerStanding();
    private long bucket = 1_000_000;

    @Test
    void opensOnceItHasLastedAndClosesOnceItIsQuiet() {
        for (int i = 1; i < PeerStanding.PERSISTENT; i++) {
            assertTrue(next(1.5).isEmpty());
        }
        Apart open = next(2).orElseThrow();
        assertTrue(open.result().open());
        assertEquals(1_000_001 * BUCKET, open.result().windowStart().toEpochMilli());
        assertEquals(2 / (2 + 2 / 3.0), open.result().anomalyScore(), 1e-9);
        for (int i = 1; i < PeerStanding.QUIET; i++) {
            assertTrue(next(0.1).orElseThrow().result().open());
        }
        Apart closed = next(0.1).orElseThrow();
        assertFalse(closed.result().open());
        assertEquals(open.result().windowStart(), closed.result().windowStart());
        assertEquals(open.result().windowEnd(), closed.result().windowEnd());
        assertTrue(next(0.1).isEmpty());
    }

    @Test
    void shortVisitsAndChangesOfSidesAreNobodysBusiness() {
        for (int i = 0; i < 100; i++) {
            assertTrue(next(i % PeerStanding.PERSISTENT == 0 ? 0 : 3).isEmpty(), "at " + i);
        }
        for (int i = 0; i < 100; i++) {
            assertTrue(next(i % 2 == 0 ? 3 : -3).isEmpty(), "at " + i);
        }
    }

    @Test
    void ofTwoMetricsTheFartherLeadsAndOneAloneHoldsItOpen() {
        Apart last = repeat(PeerStanding.PERSISTENT, 2, 6).orElseThrow();
        assertEquals(List.of(LOAD, CPU), List.copyOf(last.shares().keySet()));
        assertEquals(0.75, last.shares().getOrDefault(LOAD, 0.0), 1e-9);
        assertTrue(repeat(10, 2, 0).orElseThrow().result().open());
        assertFalse(repeat(PeerStanding.QUIET, 0, 0).orElseThrow().result().open());
    }

    @Test
    void afterADayThatIsHowTheNodeIs() {
        assertTrue(repeat(DAY, 2, 0).orElseThrow().result().open());
        assertFalse(next(2).orElseThrow().result().open());
        assertTrue(repeat(3 * DAY, 2, 0).isEmpty());
    }

    @Test
    void nightlyJobIsToldOnceAWeekAndAgainWhenItIsTwiceAsFar() {
        int told = 0;
        for (int night = 0; night < 5; night++) {
            told += repeat(12, 2, 0).isPresent() ? 1 : 0;
            repeat(DAY - 12, 0, 0);
        }
        assertEquals(1, told);
        assertTrue(repeat(12, 4.5, 0).isPresent());
        repeat(8 * DAY, 0, 0);
        assertTrue(standing.isEmpty());
        assertTrue(repeat(12, 2, 0).isPresent());
    }

    @Test
    void snapshotIsTheState() {
        repeat(PeerStanding.PERSISTENT + 3, 2, -4);
        byte[] snapshot = standing.snapshot();
        PeerStanding restored = PeerStanding.restore(snapshot);
        assertArrayEquals(snapshot, restored.snapshot());
        bucket++;
        Map<Long, Compared> quiet = Map.of(CPU, compared(0), LOAD, compared(0));
        assertEquals(
                standing.update(bucket * BUCKET, quiet), restored.update(bucket * BUCKET, quiet));
        byte[] cut = java.util.Arrays.copyOf(snapshot, snapshot.length - 1);
        assertThrows(CorruptSnapshotException.class, () -> PeerStanding.restore(cut));
    }

    private Optional<Apart> next(double cpu) {
        return repeat(1, cpu, 0);
    }

    /** The last answer. */
    private Optional<Apart> repeat(int times, double cpu, double load) {
        Optional<Apart> last = Optional.empty();
        for (int i = 0; i < times; i++) {
            bucket++;
            last =
                    standing.update(
                            bucket * BUCKET, Map.of(CPU, compared(cpu), LOAD, compared(load)));
        }
        return last;
    }

    private static Compared compared(double share) {
        double size = Math.abs(share);
        return new Compared(size / (size + 2 / 3.0), share, 50 + 40 * share, 50, 40, 60, false);
    }
}
