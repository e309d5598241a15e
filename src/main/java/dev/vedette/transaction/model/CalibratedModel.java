package dev.vedette.transaction.model;

/**
 * A model whose scores say how rare a row is: the same score means the same rarity, whatever the
 * algorithm.
 *
 * @param model what scores
 * @param calibration of its scores on rows it did not learn
 */
public record CalibratedModel(OutlierModel model, TailCalibration calibration) {
    private static final String OWNER = "calibrated-model";

    /** Share of rows that a model does not learn, for its calibration. */
    private static final double HELD_BACK = 0.2;

    private static final int LEAST_ROWS = 10;

    /**
     * Learns rows, all but the last fifth, and calibrates on that fifth.
     *
     * @param rows oldest first, {@value #LEAST_ROWS} or more
     * @throws IllegalArgumentException when there are fewer
     */
    public static CalibratedModel fit(ModelKind kind, FeatureRows rows, long seed) {
        if (rows.count() < LEAST_ROWS) {
            throw new IllegalArgumentException(
                    "a calibrated model needs " + LEAST_ROWS + " rows, has " + rows.count());
        }
        int learnt = (int) (rows.count() * (1 - HELD_BACK));
        OutlierModel model = kind.fit(rows.range(0, learnt), seed);
        double[] scores = scores(model, rows.range(learnt, rows.count()));
        return new CalibratedModel(model, TailCalibration.of(scores));
    }

    /** The model's own scores of rows. */
    static double[] scores(OutlierModel model, FeatureRows rows) {
        double[] row = new double[rows.width()];
        double[] scores = new double[rows.count()];
        for (int i = 0; i < scores.length; i++) {
            rows.copyRow(i, row);
            scores[i] = model.score(row);
        }
        return scores;
    }

    /** Minus the decimal logarithm of how often rows are at least as strange, 0 to 12. */
    public double rarity(double[] row) {
        return calibration.rarity(model.score(row));
    }

    /** The rarity as a score in [0,1), see {@link TailCalibration#score}. */
    public double score(double[] row) {
        return TailCalibration.score(rarity(row));
    }

    /** Itself as bytes. */
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter().text(model.kind().id()).block(model.toBytes());
        calibration.write(out);
        return out.seal(OWNER);
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when the bytes are cut off,
     *     damaged or of another version
     */
    public static CalibratedModel restore(byte[] bytes) {
        ModelReader in = ModelReader.open(OWNER, bytes);
        String id = in.text();
        ModelKind kind =
                ModelKind.find(id).orElseThrow(() -> in.corrupt("there is no model " + id));
        OutlierModel model = kind.restore(in.block());
        TailCalibration calibration = TailCalibration.read(in);
        in.end();
        return new CalibratedModel(model, calibration);
    }
}
