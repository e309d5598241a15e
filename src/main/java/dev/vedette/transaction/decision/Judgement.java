package dev.vedette.transaction.decision;

import dev.vedette.transaction.Outcome;
import java.util.List;

/**
 * What was decided of a transaction.
 *
 * @param score how strange it is, in [0,1): 0.5 as one in a hundred, 0.6 as one in a thousand
 * @param outcome what is to become of it
 * @param unruled the score without rules, in [0,1)
 * @param statistics the score of statistics alone, in [0,1)
 * @param models the score of models alone, in [0,1)
 * @param reasons what speaks against it, the weightiest first; empty when nothing does
 */
public record Judgement(
        double score,
        Outcome outcome,
        double unruled,
        double statistics,
        double models,
        List<Ground> reasons) {
    /** Copies the reasons. */
    public Judgement {
        reasons = List.copyOf(reasons);
    }
}
