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
