package dev.vedette.transaction.scoring;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.rule.RuleTrace;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A decided transaction, with everything that explains the decision later.
 *
 * @param received what was decided
 * @param decision the decision
 * @param features what was known of its account, merchant and so on before it, by name; unknown
 *     ones are absent
 * @param rules how each rule judged it
 * @param decidedAt when
 */
public record JudgedTransaction(
        ReceivedTransaction received,
        Decision decision,
        SortedMap<String, Double> features,
        List<RuleTrace> rules,
        Instant decidedAt) {
    /** Copies the collections. */
    public JudgedTransaction {
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
        rules = List.copyOf(rules);
    }
}
