package dev.vedette.transaction.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much thinner it is around a row than around its {@value #NEIGHBOURS} nearest neighbours:
 * about 1 within a cluster, dense or thin, larger outside. Neighbours are found through a {@link
 * KdTree}; at most {@value #MOST_ROWS} rows are kept.
 *
 * <p>Source: M. Breunig, H.-P. Kriegel, R. Ng, J. Sander, "LOF: Identifying Density-Based Local
 * Outliers", SIGMOD 2000, definitions 3 to 7. We differ in taking exactly k neighbours where
 * several are equally far, and add 1e-10 to mean distances, so that more than k equal rows have a
 * density; scikit-learn does the same. A row that was not learnt is judged against those that were,
 * and does not change them.
 */
public final class LocalOutlierFactor implements OutlierModel {
    /** Most rows kept. */
    public static final int MOST_ROWS = 100_000;

    /** Neighbours asked. */
    public static final int NEIGHBOURS = 20;

    private static final int LEAF_ROWS = 24;
    private static final double LEAST_REACH = 1e-10;

    private final int neighbours;
    private final RowScaling scaling;
    private final double[] kept;
    private final KdTree tree;

    /** Of each kept row: how far its last neighbour is, and how dense it is there. */
    private final double[] reach;

    private final double[] density;

    private LocalOutlierFactor(
            int neighbours, RowScaling scaling, double[] kept, double[] reach, double[] density) {
        this.neighbours = neighbours;
        this.scaling = scaling;
        this.kept = kept;
        this.reach = reach;
        this.density = density;
        tree = new KdTree(scaling.width(), kept, LEAF_ROWS);
    }

    static LocalOutlierFactor fit(FeatureRows rows, long seed) {
        return fit(rows, RowScaling.robust(rows), seed);
    }

    /**
     * The factor of each row among the others, rows as they are: the definition itself, as
     * scikit-learn computes it.
     */
    static double[] scoresWithin(FeatureRows rows, long seed) {
        LocalOutlierFactor model = fit(rows, RowScaling.none(rows.width()), seed);
        double[] scores = new double[rows.count()];
        if (model.reach.length == scores.length) {
            IntStream.range(0, scores.length)
                    .parallel()
                    .forEach(i -> scores[i] = model.scoreOfKept(i));
            return scores;
        }
        return CalibratedModel.scores(model, rows);
    }

    private static LocalOutlierFactor fit(FeatureRows rows, RowScaling scaling, long seed) {
        FeatureRows sample = rows.sample(MOST_ROWS, seed);
        int count = sample.count();
        LocalOutlierFactor model =
                new LocalOutlierFactor(
                        Math.clamp(count - 1, 1, NEIGHBOURS),
                        scaling,
                        scaling.apply(sample),
                        new double[count],
                        new double[count]);
        model.learn();
        return model;
    }

    private void learn() {
        int count = reach.length;
        int[] found = new int[count * neighbours];
        double[] far = new double[count * neighbours];
        int parts = Math.max(1, count / 512);
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> {
                    Nearest nearest = new Nearest(width(), neighbours);
                    for (int i = part; i < count; i += parts) {
                        tree.find(nearest, kept, i * width(), i);
                        for (int k = 0; k < neighbours; k++) {
                            found[i * neighbours + k] = nearest.row(k);
                            far[i * neighbours + k] = nearest.distance(k);
                        }
                        reach[i] = nearest.distance(neighbours - 1);
                    }
                });
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int k = i * neighbours; k < (i + 1) * neighbours; k++) {
                sum += Math.max(far[k], reach[found[k]]);
            }
            density[i] = 1 / (sum / neighbours + LEAST_REACH);
        }
    }

    @Override
    public ModelKind kind() {
        return ModelKind.LOCAL_OUTLIER_FACTOR;
    }

    @Override
    public int width() {
        return scaling.width();
    }

    @Override
    public double score(double[] row) {
        double[] scaled = new double[width()];
        scaling.apply(row, scaled);
        Nearest nearest = new Nearest(width(), neighbours);
        tree.find(nearest, scaled, 0, -1);
        return factor(nearest);
    }

    private double scoreOfKept(int row) {
        Nearest nearest = new Nearest(width(), neighbours);
        tree.find(nearest, kept, row * width(), row);
        return factor(nearest);
    }

    private double factor(Nearest nearest) {
        double sum = 0;
        double dense = 0;
        for (int k = 0; k < neighbours; k++) {
            int one = nearest.row(k);
            sum += Math.max(nearest.distance(k), reach[one]);
            dense += density[one];
        }
        return dense / neighbours * (sum / neighbours + LEAST_REACH);
    }

    @Override
    public void contributions(double[] row, double[] shares) {
        double[] scaled = new double[width()];
        scaling.apply(row, scaled);
        Nearest nearest = new Nearest(width(), neighbours);
        tree.find(nearest, scaled, 0, -1);
        Arrays.fill(shares, 0);
        nearest.credit(kept, scaled, shares);
        OutlierModel.normalise(shares);
    }

    @Override
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter().number(width()).number(neighbours);
        scaling.write(out);
        return out.numbers(kept).numbers(reach).numbers(density).seal(kind().id());
    }

    static LocalOutlierFactor read(ModelReader in) {
        int width = in.number(1, FeatureRows.MOST_WIDTH);
        int neighbours = in.number(1, NEIGHBOURS);
        RowScaling scaling = RowScaling.read(in, width);
        double[] kept = in.numbers();
        if (kept.length % width != 0 || kept.length / width <= neighbours) {
            throw in.corrupt(kept.length + " numbers are no " + neighbours + " rows of " + width);
        }
        int count = kept.length / width;
        return new LocalOutlierFactor(
                neighbours, scaling, kept, in.numbers(count), in.numbers(count));
    }
}
