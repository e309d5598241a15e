package dev.vedette.transaction.decision;

import java.util.Arrays;

/**
 * How well scores put the positive rows first.
 *
 * <p>Sources: J. Hanley, B. McNeil, "The Meaning and Use of the Area under a ROC Curve", Radiology
 * 1982; average precision as TREC defines it, equal scores taken as one step.
 *
 * @param auroc probability that a positive row scores above a negative one, equal scores counting
 *     half; in [0,1], 0.5 for chance
 * @param averagePrecision mean precision at each positive row; in (0,1], the share of positive rows
 *     for chance
 */
public record RankMeasures(double auroc, double averagePrecision) {
    /**
     * Measures scores.
     *
     * @param scores finite; not modified
     * @param positive as many, at least one true and one false
     * @throws IllegalArgumentException when all rows are of one kind
     */
    public static RankMeasures of(double[] scores, boolean[] positive) {
        int n = scores.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
        int positives = 0;
        for (boolean one : positive) {
            positives += one ? 1 : 0;
        }
        if (positives == 0 || positives == n) {
            throw new IllegalArgumentException(
                    "a ranking needs rows of both kinds, %d of %d are positive"
                            .formatted(positives, n));
        }
        double above = 0;
        double precision = 0;
        int seen = 0;
        int found = 0;
        while (seen < n) {
            int until = seen;
            int here = 0;
            while (until < n && scores[order[until]] == scores[order[seen]]) {
                here += positive[order[until++]] ? 1 : 0;
            }
            double negatives = (until - seen) - here;
            above += negatives * (found + here / 2.0);
            found += here;
            precision += here * ((double) found / until);
            seen = until;
        }
        return new RankMeasures(above / positives / (n - positives), precision / positives);
    }
}
