package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * Exponentially weighted second moments R of a row of deviations, and the distance of a row from
 * them: {@code sqrt(z' (R + λI)^-1 z / m)}.
 *
 * <p>The Cholesky factor is renewed every {@value #RENEWAL} rows only, which makes a row cost O(m²)
 * on average: R hardly moves in between. So that going on after a restore is bit-identical, the
 * factor in use belongs to the state. Not thread-safe.
 */
final class JointMoments {
    private static final double RIDGE = 0.01;

    /** Moments below this are a metric's that hardly ever moved; its moves would count for all. */
    private static final double HARDLY_MOVED = 0.1;

    private static final int RENEWAL = 16;

    /** While R is young the factor follows every row. */
    private static final int YOUNG_ROWS = 200;

    private final int metrics;
    private final double[] moments;

    /** Of single precision: it is renewed from the moments, which add up over months. */
    private final float[] factor;

    private final double[] solved;
    private final double[] keeps;
    private final double[] weighted;
    private final NodeScratch.Group scratch;

    JointMoments(int metrics, NodeScratch.Group scratch) {
        this.metrics = metrics;
        this.scratch = scratch;
        moments = new double[metrics * (metrics + 1) / 2];
        factor = new float[moments.length];
        solved = scratch.solved;
        keeps = scratch.keeps;
        weighted = scratch.weighted;
    }

    /** The same moments with room for further metrics behind, of which nothing is known. */
    JointMoments grown(int wanted) {
        JointMoments grown = new JointMoments(wanted, scratch);
        // Rows of a lower triangle: the old ones are the first ones of the larger.
        System.arraycopy(moments, 0, grown.moments, 0, moments.length);
        grown.renew();
        return grown;
    }

    /**
     * Distance per metric of a row of deviations, about 1 for a usual one.
     *
     * @param z deviations, 0 where nothing is known
     * @param rows how many rows were learnt
     */
    double distance(double[] z, long rows) {
        if (rows < YOUNG_ROWS || rows % RENEWAL == 0) {
            renew();
        }
        double squares = 0;
        for (int i = 0; i < metrics; i++) {
            int row = at(i, 0);
            double s = z[i];
            for (int k = 0; k < i; k++) {
                s -= factor[row + k] * solved[k];
            }
            solved[i] = s / factor[row + i];
            squares += solved[i] * solved[i];
        }
        return Math.sqrt(squares / metrics);
    }

    /** Cholesky factor of R + λI. */
    private void renew() {
        for (int i = 0; i < metrics; i++) {
            int row = at(i, 0);
            for (int j = 0; j <= i; j++) {
                int other = at(j, 0);
                double sum = moments[row + j];
                for (int k = 0; k < j; k++) {
                    sum -= (double) factor[row + k] * factor[other + k];
                }
                if (j == i) {
                    double ridge = RIDGE + (moments[row + i] > HARDLY_MOVED ? 0 : 1);
                    factor[row + i] = (float) Math.sqrt(Math.max(sum, 0) + ridge);
                } else {
                    factor[row + j] = (float) (sum / factor[other + j]);
                }
            }
        }
    }

    /**
     * The last row times the inverse: what each metric multiplies its deviation by in the distance.
     *
     * @param weights filled, one per metric
     */
    void solveBack(double[] weights) {
        for (int i = metrics - 1; i >= 0; i--) {
            double s = solved[i];
            for (int k = i + 1; k < metrics; k++) {
                s -= factor[at(k, i)] * weights[k];
            }
            weights[i] = s / factor[at(i, i)];
        }
    }

    /**
     * Learns a row: {@code R = K R K + v v'} with K the roots of what each metric keeps and v its
     * deviations times the roots of its rates, so that R stays non-negative whatever is missing.
     *
     * @param z the deviations just as they are judged: clipping them harder here would make every
     *     large deviation of a heavy-tailed metric look too far
     * @param rates share of the new in each metric's moments, 0 where it is missing
     * @param shrink factor for all deviations, in (0,1]
     */
    void learn(double[] z, double[] rates, double shrink) {
        for (int i = 0; i < metrics; i++) {
            keeps[i] = Math.sqrt(1 - rates[i]);
            weighted[i] = Math.sqrt(rates[i]) * shrink * z[i];
        }
        for (int i = 0; i < metrics; i++) {
            int row = at(i, 0);
            for (int j = 0; j <= i; j++) {
                moments[row + j] =
                        keeps[i] * keeps[j] * moments[row + j] + weighted[i] * weighted[j];
            }
        }
    }

    int stateSize() {
        return moments.length + factor.length;
    }

    void write(ByteBuffer out) {
        for (int i = 0; i < moments.length; i++) {
            out.putDouble(moments[i]).putDouble(factor[i]);
        }
    }

    void read(ByteBuffer in) {
        for (int i = 0; i < moments.length; i++) {
            moments[i] = in.getDouble();
            factor[i] = (float) in.getDouble();
        }
    }

    /** Where row i of a lower triangle stored by rows has its column j. */
    private static int at(int i, int j) {
        return i * (i + 1) / 2 + j;
    }
}
