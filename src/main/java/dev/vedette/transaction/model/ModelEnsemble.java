package dev.vedette.transaction.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several models as one: the mean of their rarities. Each algorithm misses what another sees; a
 * mean of minus the logarithms of ranks, all with one weight, has nothing to be fitted to one data
 * set.
 *
 * <p>Source: C. Aggarwal, S. Sathe, "Theoretical Foundations and Algorithms for Outlier Ensembles",
 * SIGKDD Explorations 2015.
 *
 * @param models 1 or more, all of one width
 */
public record ModelEnsemble(List<CalibratedModel> models) {
    private static final String OWNER = "model-ensemble";

    /** The algorithms that lead together on tables. */
    public static final List<ModelKind> LEADING =
            List.of(
                    ModelKind.ISOLATION_FOREST,
                    ModelKind.NEAREST_NEIGHBOURS,
                    ModelKind.EMPIRICAL_TAILS);

    /** Trees of a forest that looks at a whole table, where time is no concern. */
    private static final int TABLE_TREES = 300;

    private static final int MOST_MODELS = 16;

    /** Copies and checks the models. */
    public ModelEnsemble {
        models = List.copyOf(models);
        if (models.isEmpty() || models.size() > MOST_MODELS) {
            throw new IllegalArgumentException(
                    "an ensemble has 1 to " + MOST_MODELS + " models, not " + models.size());
        }
    }

    /** Learns rows by each algorithm, see {@link CalibratedModel#fit}. */
    public static ModelEnsemble fit(List<ModelKind> kinds, FeatureRows rows, long seed) {
        return new ModelEnsemble(
                kinds.stream().map(kind -> CalibratedModel.fit(kind, rows, seed)).toList());
    }

    /**
     * Learns a whole table by each algorithm, to say which of its own rows are strange.
     *
     * @param rows 2 or more
     * @return one rarity per row
     */
    public static double[] raritiesWithin(List<ModelKind> kinds, FeatureRows rows, long seed) {
        double[] sum = new double[rows.count()];
        for (ModelKind kind : kinds) {
            double[] scores = scoresWithin(kind, rows, seed);
            TailCalibration calibration = TailCalibration.of(scores);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += calibration.rarity(scores[i]) / kinds.size();
            }
        }
        return sum;
    }

    private static double[] scoresWithin(ModelKind kind, FeatureRows rows, long seed) {
        return switch (kind) {
            case ISOLATION_FOREST ->
                    CalibratedModel.scores(IsolationForest.fit(rows, TABLE_TREES, seed), rows);
            case LOCAL_OUTLIER_FACTOR -> LocalOutlierFactor.scoresWithin(rows, seed);
            case NEAREST_NEIGHBOURS, AUTOENCODER, EMPIRICAL_TAILS ->
                    CalibratedModel.scores(kind.fit(rows, seed), rows);
        };
    }

    /** Numbers in a row. */
    public int width() {
        return models.getFirst().model().width();
    }

    /** What each model says of a row, 0 to 12, in their order. */
    public double[] rarities(double[] row) {
        double[] rarities = new double[models.size()];
        for (int i = 0; i < rarities.length; i++) {
            rarities[i] = models.get(i).rarity(row);
        }
        return rarities;
    }

    /** The mean of the models' rarities, 0 to 12. */
    public static double mean(double[] rarities) {
        double sum = 0;
        for (double rarity : rarities) {
            sum += rarity;
        }
        return sum / rarities.length;
    }

    /**
     * What each feature has to do with the rarity: the models' shares, each by its own rarity.
     *
     * @param rarities of the row, as {@link #rarities} gave them: asking the models twice would
     *     cost as much again
     * @param shares as wide as a row, filled: 0 or more each, together 1 or 0
     */
    public void contributions(double[] row, double[] rarities, double[] shares) {
        double[] one = new double[row.length];
        Arrays.fill(shares, 0);
        for (int i = 0; i < rarities.length; i++) {
            models.get(i).model().contributions(row, one);
            for (int k = 0; k < one.length; k++) {
                shares[k] += rarities[i] * one[k];
            }
        }
        OutlierModel.normalise(shares);
    }

    /** Itself as bytes. */
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter().number(models.size());
        models.forEach(model -> out.block(model.toBytes()));
        return out.seal(OWNER);
    }

    /**
     * What {@link #toBytes} gave.
     *
     * @throws dev.vedette.detection.engine.CorruptSnapshotException when the bytes are cut off,
     *     damaged or of another version
     */
    public static ModelEnsemble restore(byte[] bytes) {
        ModelReader in = ModelReader.open(OWNER, bytes);
        int count = in.number(1, MOST_MODELS);
        List<CalibratedModel> models = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            models.add(CalibratedModel.restore(in.block()));
        }
        in.end();
        int width = models.getFirst().model().width();
        if (models.stream().anyMatch(model -> model.model().width() != width)) {
            throw in.corrupt("its models are of different widths");
        }
        return new ModelEnsemble(models);
    }
}
