package dev.vedette.transaction.scoring;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A decided transaction as it is read back.
 *
 * @param received the transaction
 * @param decision the decision
 * @param features by name
 * @param rules the rule trace, as JSON
 * @param decidedAt when
 */
public record StoredTransaction(
        ReceivedTransaction received,
        Decision decision,
        SortedMap<String, Double> features,
        String rules,
        Instant decidedAt) {}
