package dev.vedette.transaction.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.CorruptSnapshotException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of model promises. */
final class OutlierModelContractTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource
    void rowFarFromAllOthersIsStrangerThanAnyOfThem(ModelKind kind) {
        FeatureRows rows = Samples.correlated(1500, SEED);
        OutlierModel model = kind.fit(rows, SEED);
        double strangest = Arrays.stream(CalibratedModel.scores(model, rows)).max().orElseThrow();
        double[] far = {40, -35, 30, 60};
        assertTrue(model.score(far) >= strangest, kind + ": " + model.score(far));
        assertTrue(model.score(new double[] {0, 0, 5, 0}) < strangest / (kind == forest() ? 1 : 2));
    }

    private static ModelKind forest() {
        return ModelKind.ISOLATION_FOREST;
    }

    @ParameterizedTest
    @EnumSource
    void featureThatIsOffContributesMost(ModelKind kind) {
        OutlierModel model = kind.fit(Samples.independent(1500, SEED), SEED);
        double[] shares = new double[4];
        for (int k = 0; k < 4; k++) {
            double[] row = new double[4];
            row[k] = 12;
            model.contributions(row, shares);
            int feature = k;
            assertEquals(1, Arrays.stream(shares).sum(), 1e-9);
            for (int other = 0; other < 4; other++) {
                int one = other;
                assertTrue(
                        shares[other] >= 0 && shares[other] <= shares[k],
                        () -> kind + " blames " + one + " for " + feature);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sameRowsAndSeedGiveTheSameBytes(ModelKind kind) {
        FeatureRows rows = Samples.correlated(700, SEED);
        assertArrayEquals(kind.fit(rows, 3).toBytes(), kind.fit(rows, 3).toBytes());
    }

    @ParameterizedTest
    @EnumSource
    void restoredModelScoresBitForBitAlike(ModelKind kind) {
        OutlierModel model = kind.fit(Samples.correlated(900, SEED), SEED);
        OutlierModel restored = kind.restore(model.toBytes());
        FeatureRows asked = Samples.independent(200, SEED + 1);
        assertArrayEquals(
                CalibratedModel.scores(model, asked), CalibratedModel.scores(restored, asked));
        assertArrayEquals(model.toBytes(), restored.toBytes());
    }

    @ParameterizedTest
    @EnumSource
    void damagedBytesAreRefused(ModelKind kind) {
        byte[] bytes = kind.fit(Samples.correlated(60, SEED), SEED).toBytes();
        Random random = new Random(SEED);
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
            assertRefused(kind, Arrays.copyOf(bytes, length));
        }
        for (int i = 0; i < 200; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefused(kind, flipped);
        }
        for (ModelKind other : ModelKind.values()) {
            if (other != kind) {
                assertRefused(other, bytes);
            }
        }
    }

    private static void assertRefused(ModelKind kind, byte[] bytes) {
        assertThrows(CorruptSnapshotException.class, () -> kind.restore(bytes));
    }

    @ParameterizedTest
    @EnumSource
    void constantAndRepeatedRowsHaveFiniteScores(ModelKind kind) {
        double[] same = new double[3 * 300];
        Arrays.fill(same, 5);
        OutlierModel model = kind.fit(new FeatureRows(3, same), SEED);
        for (double[] row : new double[][] {{5, 5, 5}, {5, 5, 6}, {-1e9, 5, 1e12}}) {
            assertTrue(Double.isFinite(model.score(row)), kind + " " + Arrays.toString(row));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoRowsAreEnoughAndOneIsNot(ModelKind kind) {
        FeatureRows two = new FeatureRows(2, new double[] {1, 2, 3, 4});
        assertFalse(Double.isNaN(kind.fit(two, SEED).score(new double[] {9, 9})));
        FeatureRows one = new FeatureRows(2, new double[] {1, 2});
        assertThrows(IllegalArgumentException.class, () -> kind.fit(one, SEED));
    }

    @ParameterizedTest
    @EnumSource
    void calibratedModelSurvivesItsBytesAndRefusesHalfOfThem(ModelKind kind) {
        CalibratedModel model = CalibratedModel.fit(kind, Samples.correlated(600, SEED), SEED);
        byte[] bytes = model.toBytes();
        CalibratedModel restored = CalibratedModel.restore(bytes);
        double[] row = {1, 2, 3, 4};
        assertEquals(model.score(row), restored.score(row));
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        assertThrows(CorruptSnapshotException.class, () -> CalibratedModel.restore(half));
    }

    @ParameterizedTest
    @EnumSource
    void calibratedScoresOfNewRowsAreAsRareAsTheySay(ModelKind kind) {
        CalibratedModel model = CalibratedModel.fit(kind, Samples.correlated(4000, SEED), SEED);
        FeatureRows fresh = Samples.correlated(4000, SEED + 5);
        double[] row = new double[4];
        int above = 0;
        for (int i = 0; i < fresh.count(); i++) {
            fresh.copyRow(i, row);
            above += model.score(row) >= 0.5 ? 1 : 0;
        }
        // One in a hundred: 40 of 4 000, within what 800 held-back rows can tell.
        assertTrue(above >= 15 && above <= 90, kind + ": " + above);
    }
}
