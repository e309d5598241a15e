package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * A model that was not learnt here, with the calibration of its scores on rows from here: the same
 * rarity means the same as that of our own. Immutable; threads may share it.
 */
public final class BroughtModel {
    /** What its bytes are sealed as. */
    public static final String OWNER = "brought-model";

    private static final int LEAST_ROWS = 10;

    /** Rows of a trial of speed, and how long half of them may take each, nanoseconds. */
    private static final int TIMED = 101;

    private static final long MOST_NANOS = 2_000_000;

    /**
     * What was brought.
     *
     * @param file as it was sent; handed over
     * @param output name of the output with the scores; empty for the only one that can be
     * @param isLowStrange whether a lower score is stranger
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Source(byte[] file, String output, boolean isLowStrange) {}

    private final Source source;
    private final BroughtRuntime.Scorer scorer;

    /** The middle of each feature. */
    private final double[] usual;

    private final TailCalibration calibration;

    private BroughtModel(
            Source source,
            BroughtRuntime.Scorer scorer,
            double[] usual,
            TailCalibration calibration) {
        this.source = source;
        this.scorer = scorer;
        this.usual = usual;
        this.calibration = calibration;
    }

    /**
     * Calibrates a model on rows.
     *
     * @param rows of the features it looks at, in its order, {@value #LEAST_ROWS} or more
     * @throws UnfitModelException when it cannot be used: of another shape, slow, or without a
     *     number for a row
     */
    public static BroughtModel calibrate(Source source, FeatureRows rows) {
        if (rows.count() < LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "a calibration needs " + LEAST_ROWS + " rows, has " + rows.count());
        }
        BroughtRuntime.Scorer scorer = open(source, rows.width());
        requireSpeed(scorer, rows);
        double[] scores = scorer.score(rows.values(), rows.count());
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new UnfitModelException(
                        "score_not_finite",
                        "the model scores row %d of your transactions %s: %s"
                                .formatted(
                                        i,
                                        scores[i],
                                        Arrays.toString(
                                                Arrays.copyOfRange(
                                                        rows.values(),
                                                        i * rows.width(),
                                                        (i + 1) * rows.width()))),
                        "bring a model that has a finite score for every row");
            }
            scores[i] = oriented(source, scores[i]);
        }
        double[] usual = new double[rows.width()];
        for (int k = 0; k < usual.length; k++) {
            double[] sorted = rows.sortedColumn(k);
            usual[k] = sorted[sorted.length / 2];
        }
        return new BroughtModel(source, scorer, usual, TailCalibration.of(scores));
    }

    private static BroughtRuntime.Scorer open(Source source, int width) {
        return BroughtRuntime.installed()
                .orElseThrow(() ->
                        new UnfitModelException(
                                "onnx_not_installed",
                                "this service runs without ONNX Runtime",
                                "have it put on the class path, docs/models.md says how (a native"
                                        + " executable cannot have it), or bring a file of vedette"
                                        + " train"))
                .open(source.file, source.output, width);
    }

    /** The median counts: a busy machine makes some rows slow. */
    private static void requireSpeed(BroughtRuntime.Scorer scorer, FeatureRows rows) {
        double[] row = new double[rows.width()];
        long[] nanos = new long[TIMED];
        for (int i = 0; i < TIMED; i++) {
            rows.copyRow(i % rows.count(), row);
            long begin = System.nanoTime();
            scorer.score(row, 1);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        long median = nanos[TIMED / 2];
        if (median > MOST_NANOS) {
            throw new UnfitModelException(
                    "too_slow",
                    "the model takes %d µs for a row, may take %d"
                            .formatted(median / 1000, MOST_NANOS / 1000),
                    "bring a smaller one: every payment waits for it");
        }
    }

    private static double oriented(Source source, double score) {
        return source.isLowStrange ? -score : score;
    }

    /** Numbers in a row. */
    public int width() {
        return usual.length;
    }

    /**
     * Minus the decimal logarithm of how often rows are at least as strange, 0 to 12; 0 where the
     * model has no number.
     */
    public double rarity(double[] row) {
        return rarity(scorer.score(row, 1)[0]);
    }

    private double rarity(double score) {
        return Double.isNaN(score) ? 0 : calibration.rarity(oriented(source, score));
    }

    /**
     * What each feature has to do with the rarity: how much of it goes when the feature alone is as
     * usual. Asks the model once for each feature.
     *
     * @param shares as wide as a row, filled: 0 or more each, together 1 or 0
     */
    public void contributions(double[] row, double[] shares) {
        int width = row.length;
        double[] rows = new double[(width + 1) * width];
        for (int i = 0; i <= width; i++) {
            System.arraycopy(row, 0, rows, i * width, width);
            if (i < width) {
                rows[i * width + i] = usual[i];
            }
        }
        double[] scores = scorer.score(rows, width + 1);
        double whole = rarity(scores[width]);
        for (int k = 0; k < width; k++) {
            shares[k] = Math.max(0, whole - rarity(scores[k]));
        }
        OutlierModel.normalise(shares);
    }

    /** Itself as bytes. */
    public byte[] toBytes() {
        ModelWriter out =
                new ModelWriter()
                        .block(source.file)
                        .text(source.output)
                        .number(source.isLowStrange ? 1 : 0)
                        .numbers(usual);
        calibration.write(out);
        return out.seal(OWNER);
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when the bytes are cut off,
     *     damaged or of another version, or what runs them is not installed here
     */
    public static BroughtModel restore(byte[] bytes) {
        ModelReader in = ModelReader.open(OWNER, bytes);
        Source source = new Source(in.block(), in.text(), in.number(0, 1) == 1);
        double[] usual = in.numbers();
        TailCalibration calibration = TailCalibration.read(in);
        in.end();
        try {
            return new BroughtModel(source, open(source, usual.length), usual, calibration);
        } catch (UnfitModelException e) {
            throw in.corrupt(e.getMessage() + "; " + e.fix());
        }
    }
}
