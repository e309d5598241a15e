package dev.vedette.transaction.decision;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.JudgedFeatures;
import dev.vedette.transaction.model.ModelEnsemble;

/** What statistics and models found about one transaction, before rules and thresholds. */
final class Finding {
    /** What one transaction in ten has is no reason. */
    private static final double LEAST_RARITY = 1;

    private static final int MOST_NAMES = 3;
    private static final double LEAST_SUM = 1e-9;

    private final double[] seen;
    private final double[] rarities;
    private final double[] byModel;

    /** Rarity by statistics, by models, and strangeness of the transactions before. */
    final double statistics;

    final double models;
    final double before;

    /** All three together: the features' own rarities count one by one. */
    final double sum;

    private Finding(
            double[] seen,
            double[] rarities,
            double[] byModel,
            double features,
            double statistics,
            double before) {
        this.seen = seen;
        this.rarities = rarities;
        this.byModel = byModel;
        this.statistics = statistics;
        this.models = ModelEnsemble.mean(byModel);
        this.before = before;
        sum = features + models + before;
    }

    /**
     * Looks at a transaction, and has it remembered.
     *
     * @param row its features
     */
    static Finding of(
            Transaction transaction,
            double[] row,
            JudgedFeatures judged,
            FeatureTails tails,
            Together models,
            RecentStrangeness recent) {
        double[] seen = judged.of(row);
        double[] rarities = new double[seen.length];
        double features = tails.sum(seen, rarities);
        double statistics = tails.rarity(features);
        double before = recent.of(transaction);
        recent.add(transaction, statistics);
        return new Finding(
                seen, rarities, models.rarities(row, rarities), features, statistics, before);
    }

    /**
     * Adds the reasons.
     *
     * @param rarity of the sum, which they share
     */
    void explain(
            Reasons reasons,
            double rarity,
            Transaction transaction,
            double[] row,
            JudgedFeatures judged,
            Together together) {
        double unit = rarity / Math.max(sum, LEAST_SUM);
        for (int k = 0; k < seen.length; k++) {
            if (rarities[k] >= LEAST_RARITY) {
                FeatureSpec spec = judged.spec(k);
                String field = spec.of();
                String about = field == null ? "" : transaction.text(field).orElse("");
                reasons.unusual(spec, seen[k], rarities[k], about, unit * rarities[k]);
            }
        }
        if (models >= LEAST_RARITY) {
            reasons.combination(
                    models,
                    together.names(row, rarities, byModel, judged, MOST_NAMES),
                    unit * models);
        }
        if (before > 0) {
            reasons.recent(before, unit * before);
        }
    }
}
