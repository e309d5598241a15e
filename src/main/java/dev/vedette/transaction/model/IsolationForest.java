package dev.vedette.transaction.model;

import dev.vedette.detection.engine.IsolationTrees;
import dev.vedette.detection.engine.SplitMix;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How few random splits tell a row from the others: an isolation forest of {@value #TREES} trees
 * over samples of {@value #SAMPLE} rows, the paper's own settings. Score in (0,1], usual rows below
 * 0.5.
 *
 * <p>Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation Forest", ICDM 2008. Needs no scaling:
 * only the order of numbers and their distances within one feature count. Cost of a row: a walk of
 * 8 nodes per tree, no allocation; 0.26 MB for {@value #TREES} trees.
 */
public final class IsolationForest implements OutlierModel {
    /** Trees unless told otherwise. */
    public static final int TREES = 100;

    /** Rows per tree. */
    public static final int SAMPLE = 256;

    private static final int MOST_TREES = 10_000;

    private final int width;
    private final IsolationTrees trees;

    private IsolationForest(int width, IsolationTrees trees) {
        this.width = width;
        this.trees = trees;
    }

    static IsolationForest fit(FeatureRows rows, long seed) {
        return fit(rows, TREES, seed);
    }

    /**
     * Grows a forest.
     *
     * @param rows 2 or more
     * @param count trees, 1 to 10 000: more of them make the score steadier, and cost as much more
     */
    public static IsolationForest fit(FeatureRows rows, int count, long seed) {
        int sample = Math.min(SAMPLE, rows.count());
        IsolationTrees trees = new IsolationTrees(rows.width(), count, sample);
        SplitMix random = new SplitMix(seed);
        float[] drawn = new float[sample * rows.width()];
        int[] order = new int[sample];
        for (int tree = 0; tree < count; tree++) {
            int[] chosen = rows.draw(sample, random);
            for (int i = 0; i < sample; i++) {
                order[i] = i;
                for (int k = 0; k < rows.width(); k++) {
                    drawn[i * rows.width() + k] = (float) rows.at(chosen[i], k);
                }
            }
            trees.grow(tree, drawn, order, random);
        }
        return new IsolationForest(rows.width(), trees);
    }

    @Override
    public ModelKind kind() {
        return ModelKind.ISOLATION_FOREST;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public double score(double[] row) {
        return trees.score(row);
    }

    @Override
    public void contributions(double[] row, double[] shares) {
        Arrays.fill(shares, 0);
        trees.credit(row, shares);
        OutlierModel.normalise(shares);
    }

    @Override
    public byte[] toBytes() {
        ByteBuffer forest = ByteBuffer.allocate(trees.bytes());
        trees.write(forest);
        return new ModelWriter()
                .number(width)
                .number(trees.trees())
                .number(trees.sample())
                .block(forest.array())
                .seal(kind().id());
    }

    static IsolationForest read(ModelReader in) {
        int width = in.number(1, FeatureRows.MOST_WIDTH);
        int count = in.number(1, MOST_TREES);
        int sample = in.number(2, SAMPLE);
        byte[] forest = in.block();
        IsolationTrees trees = new IsolationTrees(width, count, sample);
        if (forest.length != trees.bytes()) {
            throw in.corrupt("a forest has " + forest.length + " bytes, not " + trees.bytes());
        }
        trees.read(ByteBuffer.wrap(forest));
        return new IsolationForest(width, trees);
    }
}
