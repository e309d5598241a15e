package dev.vedette.transaction.decision;

import dev.vedette.transaction.feature.FeatureSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the reasons of one decision. */
final class Reasons {
    private static final int MOST = 8;

    private final List<Ground> found = new ArrayList<>();
    private final double total;

    /**
     * Without any yet.
     *
     * @param total rarity that the reasons share
     */
    Reasons(double total) {
        this.total = Math.max(total, 1e-9);
    }

    void rule(RuleResult rule, double rarity) {
        found.add(new Ground.RuleApplied(rule.rule(), rule.outcome(), rarity / total));
    }

    /** A limit is a matter of yes or no: it has all the weight, and no part in the score. */
    void limit(FeatureLimit limit, double value) {
        found.add(new Ground.LimitExceeded(limit, value, 1));
    }

    void unusual(FeatureSpec spec, double value, double rarity, String about, double part) {
        found.add(new Ground.UnusualFeature(spec, value, rarity, about, part / total));
    }

    void combination(double rarity, List<String> features, double part) {
        found.add(new Ground.UnusualCombination(rarity, features, part / total));
    }

    void recent(double level, double part) {
        found.add(new Ground.StrangeLately(level, part / total));
    }

    /** The weightiest first; of equal ones, as they were found. */
    List<Ground> sorted() {
        return found.stream()
                .sorted(Comparator.comparingDouble((Ground reason) -> -reason.weight()))
                .limit(MOST)
                .toList();
    }
}
