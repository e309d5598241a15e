package dev.vedette.transaction.model;

import java.util.Arrays;

/**
 * The distance to the k-th nearest of at most {@value #MOST_ROWS} rows drawn from what was seen,
 * after robust scaling; k is {@value #NEIGHBOURS}, or a quarter of fewer than 200 rows.
 *
 * <p>Source: S. Ramaswamy, R. Rastogi, K. Shim, "Efficient Algorithms for Mining Outliers from
 * Large Data Sets", SIGMOD 2000, section 2. We differ in asking a sample, after M. Sugiyama and K.
 * Borgwardt, "Rapid Distance-Based Outlier Detection via Sampling", NIPS 2013: a few thousand rows
 * do as well as all, and a row costs no more as data grows. Neighbours are many on purpose: small
 * clusters of outliers must not vouch for each other. They are found by a {@link RowScan}; cost:
 * O({@value #MOST_ROWS} · width), one small allocation.
 */
public final class NearestNeighbours implements OutlierModel {
    /** Most rows kept. */
    public static final int MOST_ROWS = 2000;

    /** The neighbour whose distance counts. */
    public static final int NEIGHBOURS = 50;

    private final int neighbours;
    private final RowScaling scaling;
    private final double[] kept;
    private final RowScan scan;

    private NearestNeighbours(int neighbours, RowScaling scaling, double[] kept) {
        this.neighbours = neighbours;
        this.scaling = scaling;
        this.kept = kept;
        scan = new RowScan(scaling.width(), kept);
    }

    static NearestNeighbours fit(FeatureRows rows, long seed) {
        FeatureRows sample = rows.sample(MOST_ROWS, seed);
        RowScaling scaling = RowScaling.robust(rows);
        int neighbours = Math.clamp(sample.count() / 4, 1, NEIGHBOURS);
        return new NearestNeighbours(neighbours, scaling, scaling.apply(sample));
    }

    @Override
    public ModelKind kind() {
        return ModelKind.NEAREST_NEIGHBOURS;
    }

    @Override
    public int width() {
        return scaling.width();
    }

    @Override
    public double score(double[] row) {
        double[] scaled = new double[width()];
        return find(row, scaled).distance(neighbours - 1);
    }

    @Override
    public void contributions(double[] row, double[] shares) {
        double[] scaled = new double[width()];
        Nearest nearest = find(row, scaled);
        Arrays.fill(shares, 0);
        nearest.credit(kept, scaled, shares);
        OutlierModel.normalise(shares);
    }

    private Nearest find(double[] row, double[] scaled) {
        scaling.apply(row, scaled);
        Nearest nearest = new Nearest(width(), neighbours);
        scan.find(nearest, scaled);
        return nearest;
    }

    @Override
    public byte[] toBytes() {
        ModelWriter out = new ModelWriter().number(width()).number(neighbours);
        scaling.write(out);
        return out.numbers(kept).seal(kind().id());
    }

    static NearestNeighbours read(ModelReader in) {
        int width = in.number(1, FeatureRows.MOST_WIDTH);
        int neighbours = in.number(1, NEIGHBOURS);
        RowScaling scaling = RowScaling.read(in, width);
        double[] kept = in.numbers();
        if (kept.length % width != 0 || kept.length / width < neighbours) {
            throw in.corrupt(kept.length + " numbers are no " + neighbours + " rows of " + width);
        }
        return new NearestNeighbours(neighbours, scaling, kept);
    }
}
