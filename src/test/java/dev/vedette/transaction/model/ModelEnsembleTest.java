package dev.vedette.transaction.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.CorruptSnapshotException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ModelEnsembleTest {
    private static final ModelEnsemble ENSEMBLE =
            ModelEnsemble.fit(ModelEnsemble.LEADING, Samples.correlated(800, 1), 1);

    @Test
    void rarityIsTheMeanOfItsModels() {
        double[] row = {3, -3, 5, 1};
        double mean =
                ENSEMBLE.models().stream().mapToDouble(m -> m.rarity(row)).average().orElseThrow();
        assertEquals(mean, ModelEnsemble.mean(ENSEMBLE.rarities(row)), 1e-12);
    }

    @Test
    void brokenCorrelationIsBlamedOnItsFeatures() {
        double[] shares = new double[4];
        double[] row = {2.5, -2.5, 5, 0};
        ENSEMBLE.contributions(row, ENSEMBLE.rarities(row), shares);
        assertTrue(shares[0] + shares[1] > 0.6, Arrays.toString(shares));
    }

    @Test
    void strangeRowWithinATableIsTheRarest() {
        FeatureRows rows = Samples.correlated(500, 2);
        System.arraycopy(new double[] {9, -9, 30, 0}, 0, rows.values(), 4 * 123, 4);
        double[] rarities = ModelEnsemble.raritiesWithin(List.of(ModelKind.values()), rows, 1);
        double most = Arrays.stream(rarities).max().orElseThrow();
        assertEquals(most, rarities[123]);
    }

    @Test
    void bytesGiveTheSameScoresAndHalfOfThemAreRefused() {
        byte[] bytes = ENSEMBLE.toBytes();
        double[] row = {1, 2, 3, 4};
        assertArrayEquals(ENSEMBLE.rarities(row), ModelEnsemble.restore(bytes).rarities(row));
        byte[] half = Arrays.copyOf(bytes, bytes.length / 2);
        assertThrows(CorruptSnapshotException.class, () -> ModelEnsemble.restore(half));
    }
}
