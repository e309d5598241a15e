package dev.vedette.transaction.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.SplitMix;
import dev.vedette.transaction.model.BroughtModel;
import dev.vedette.transaction.model.BroughtRuntime;
import dev.vedette.transaction.model.FeatureRows;
import dev.vedette.transaction.model.UnfitModelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real ONNX models in ONNX Runtime, and what is refused before it or by it. */
final class OnnxModelTest {
    private static final int WIDTH = 4;

    private final BroughtRuntime runtime = BroughtRuntime.installed().orElseThrow();

    private static BroughtModel.Source source(String file, boolean isLowStrange) {
        return new BroughtModel.Source(OnnxFiles.read(file), "", isLowStrange);
    }

    /** Ordinary rows: numbers from 0 to 1. */
    private static FeatureRows rows(int count) {
        SplitMix random = new SplitMix(3);
        double[] values = new double[count * WIDTH];
        Arrays.setAll(values, _ -> random.nextInt(1_000_000) / 1e6);
        return new FeatureRows(WIDTH, values);
    }

    @Test
    void forestScoresAsScikitLearnDoes() {
        List<double[]> lines =
                new String(OnnxFiles.read("forest.csv"), StandardCharsets.UTF_8)
                        .lines()
                        .map(line ->
                                Arrays.stream(line.split(","))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray())
                        .toList();
        BroughtRuntime.Scorer scorer = runtime.open(OnnxFiles.read("forest.onnx"), "", WIDTH);
        for (double[] line : lines) {
            double[] row = Arrays.copyOf(line, WIDTH);
            assertEquals(line[WIDTH], scorer.score(row, 1)[0], 1e-5, Arrays.toString(line));
        }
        double[] all =
                lines.stream().flatMapToDouble(line -> Arrays.stream(line, 0, WIDTH)).toArray();
        double[] together = scorer.score(all, lines.size());
        for (int i = 0; i < together.length; i++) {
            assertEquals(lines.get(i)[WIDTH], together[i], 1e-5);
        }
    }

    @Test
    void secondOfTwoClassesIsTheScore() {
        BroughtRuntime.Scorer scorer = runtime.open(OnnxFiles.read("classifier.onnx"), "", WIDTH);
        double[] scores = scorer.score(new double[] {0, 0, 0, 0, 4, 0, 0, 0}, 2);
        assertTrue(scores[0] < 0.1 && scores[1] > 0.9, Arrays.toString(scores));
    }

    @Test
    void raritySaysHowOftenRowsAreAsStrangeAndNamesTheFeature() {
        FeatureRows rows = rows(2000);
        BroughtModel model = BroughtModel.calibrate(source("forest.onnx", true), rows);
        double[] row = new double[WIDTH];
        int rare = 0;
        for (int i = 0; i < rows.count(); i++) {
            rows.copyRow(i, row);
            rare += model.rarity(row) >= 1 ? 1 : 0;
        }
        assertEquals(0.1, (double) rare / rows.count(), 0.02, "one in ten is that rare");
        double[] strange = {0.5, 0.5, 9, 0.5};
        assertTrue(model.rarity(strange) > 1.5, "rarity " + model.rarity(strange));
        double[] shares = new double[WIDTH];
        model.contributions(strange, shares);
        assertEquals(1, Arrays.stream(shares).sum(), 1e-9);
        assertTrue(shares[2] > 0.9, Arrays.toString(shares));
    }

    @Test
    void modelReadBackScoresTheSameAndADamagedOneIsRefused() {
        FeatureRows rows = rows(200);
        BroughtModel model = BroughtModel.calibrate(source("forest.onnx", true), rows);
        byte[] bytes = model.toBytes();
        BroughtModel again = BroughtModel.restore(bytes);
        double[] row = {0.9, 0.1, 2, 0.4};
        double[] shares = new double[WIDTH];
        double[] sharesAgain = new double[WIDTH];
        model.contributions(row, shares);
        again.contributions(row, sharesAgain);
        assertEquals(model.rarity(row), again.rarity(row));
        assertArrayEquals(shares, sharesAgain);
        for (byte[] damaged : List.of(Arrays.copyOf(bytes, bytes.length / 2), flipped(bytes))) {
            assertThrows(CorruptSnapshotException.class, () -> BroughtModel.restore(damaged));
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length / 2] ^= 4;
        return other;
    }

    @ParameterizedTest
    @CsvSource({
        "loop.onnx, '', 4, unbounded_model, Loop",
        "tile.onnx, '', 4, unbounded_model, Tile",
        "external.onnx, '', 4, external_data, other files",
        "forest.onnx, '', 5, wrong_shape, 5 features",
        "forest.onnx, label, 4, unknown_output, label",
        "forest.onnx, nothing, 4, unknown_output, nothing",
        "maps.onnx, '', 4, wrong_shape, output_probability",
        "forest.csv, '', 4, unreadable_model, no ONNX",
    })
    void unfitFileIsRefusedWithARemedy(
            String file, String output, int width, String code, String says) {
        UnfitModelException refusal =
                assertThrows(
                        UnfitModelException.class,
                        () -> runtime.open(OnnxFiles.read(file), output, width));
        assertEquals(code, refusal.code(), refusal.getMessage());
        assertTrue(refusal.toString().contains(says), refusal.toString());
        assertTrue(!refusal.fix().isBlank());
    }

    @Test
    void fileCutWithinItsGraphIsRefused() {
        byte[] whole = OnnxFiles.read("classifier.onnx");
        // after the graph come versions only, without the last of which it is whole enough
        for (int length = 0; length < whole.length * 9 / 10; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(
                    UnfitModelException.class, () -> runtime.open(cut, "", WIDTH), length + "");
        }
    }

    @Test
    void rowWithoutANumberIsToldAtCalibrationAndHarmlessLater() {
        UnfitModelException refusal =
                assertThrows(
                        UnfitModelException.class,
                        () ->
                                BroughtModel.calibrate(
                                        source("logarithm.onnx", false),
                                        new FeatureRows(WIDTH, negative())));
        assertEquals("score_not_finite", refusal.code());
        BroughtModel model = BroughtModel.calibrate(source("logarithm.onnx", false), rows(100));
        assertEquals(0, model.rarity(new double[] {-1, -1, -1, -1}));
    }

    private static double[] negative() {
        double[] values = rows(20).values().clone();
        Arrays.fill(values, 0, WIDTH, -1);
        return values;
    }
}
