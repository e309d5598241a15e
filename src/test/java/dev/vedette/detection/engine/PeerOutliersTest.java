package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.PeerOutliers.Peer;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which node stands apart from the others. */
class PeerOutliersTest {
    private static final int STEPS = 60;

    @Test
    void theOneNodeThatStandsApartIsFoundThoughAllMoveTogether() {
        List<Peer> peers = PeerOutliers.of(fleet(1, 10, step -> step < 5 ? 0 : 15));
        assertEquals(1, peers.stream().filter(Peer::isOutlier).count(), peers.toString());
        assertTrue(peers.getFirst().isOutlier());
        assertTrue(peers.getFirst().distance() > 3.5);
        assertEquals(STEPS, peers.getFirst().steps());
        assertTrue(peers.getFirst().usual() > peers.getFirst().usualOfAll());
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    void ofAlikeNodesNoneIsAnOutlier(long seed) {
        assertTrue(
                PeerOutliers.of(fleet(seed, 12, _ -> 0)).stream().noneMatch(Peer::isOutlier),
                "seed " + seed);
    }

    @Test
    void aSpikeThatEveryNodeMayHaveMakesNoOutlier() {
        List<Peer> peers = PeerOutliers.of(fleet(10, 10, step -> step < 20 ? 50 : 0));
        assertFalse(peers.getFirst().isOutlier());
    }

    @Test
    void threeNodesHaveNoMajority() {
        List<Peer> peers = PeerOutliers.of(fleet(11, 3, _ -> 100));
        assertEquals(List.of(Peer.UNKNOWN, Peer.UNKNOWN, Peer.UNKNOWN), peers);
    }

    @Test
    void twinsDoNotMakeAnOutlierOfOneThatDiffersByADigit() {
        double[][] values =
                IntStream.range(0, 6).mapToObj(_ -> constant(100)).toArray(double[][]::new);
        values[0] = constant(101);
        values[1] = constant(150);
        List<Peer> peers = PeerOutliers.of(values);
        assertFalse(peers.get(0).isOutlier());
        assertTrue(peers.get(1).isOutlier());
        assertEquals(0, peers.get(2).score());
    }

    @Test
    void whatIsMissingIsNotCompared() {
        double[][] values = fleet(12, 6, _ -> 20);
        for (int step = 0; step < STEPS - 1; step++) {
            values[0][step] = Double.NaN;
            values[5][step] = Double.NaN;
        }
        List<Peer> peers = PeerOutliers.of(values);
        assertEquals(1, peers.getFirst().steps());
        assertTrue(peers.getFirst().isOutlier());
        assertEquals(STEPS, peers.get(1).steps());
        assertTrue(PeerOutliers.of(new double[0][]).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8, 12, 20, 50})
    void ofNodesThatDifferByChanceHardlyAnyStandsApart(int nodes) {
        Random random = new Random(nodes);
        int groups = 40_000 / nodes;
        long apart = 0;
        for (int i = 0; i < groups; i++) {
            double[] values =
                    random.doubles(nodes).map(_ -> 50 + 15 * random.nextGaussian()).toArray();
            apart += apart(values).count();
        }
        assertTrue(apart <= 40_000 / 1_000, apart + " of 40 000");
    }

    @Test
    void whoStandsApartIsBehindAGapAndFarFromTheMiddle() {
        double[] values = {30, 28, 33, 31, 29, 32, 27, 34, 30, 31, 90, 95};
        assertEquals(List.of(10, 11), apart(values).boxed().toList());
        PeerOutliers.Apart all = PeerOutliers.apart(values);
        assertEquals(27, all.lower());
        assertEquals(34, all.upper());
        assertEquals(31, all.usual());
        // the last of a row, a kind of its own, a difference of a fifth, too few
        assertEquals(0, apart(1, 2, 3, 5, 8, 12, 17, 23, 30, 38).count());
        assertEquals(0, apart(30, 28, 31, 29, 33, 90, 92, 91).count());
        assertEquals(0, apart(30, 30, 30, 30, 30, 30, 36).count());
        assertEquals(0, apart(30, Double.NaN, 29, 90).count());
        assertEquals(List.of(6), apart(30, 30, 30, 30, 30, 30, 10).boxed().toList());
    }

    private static IntStream apart(double... values) {
        double[] shares = PeerOutliers.apart(values).shares();
        return IntStream.range(0, values.length).filter(i -> Math.abs(shares[i]) >= 1);
    }

    private static double[] constant(double value) {
        return IntStream.range(0, STEPS).mapToDouble(_ -> value).toArray();
    }

    /** Nodes that follow one load with noise of 1; the first is off by so much. */
    private static double[][] fleet(long seed, int nodes, IntToDoubleFunction off) {
        Random random = new Random(seed);
        double[][] values = new double[nodes][STEPS];
        for (int step = 0; step < STEPS; step++) {
            for (int node = 0; node < nodes; node++) {
                values[node][step] = 40 + 30 * Math.sin(step / 9.0) + random.nextGaussian();
            }
            values[0][step] += off.applyAsDouble(step);
        }
        return values;
    }
}
