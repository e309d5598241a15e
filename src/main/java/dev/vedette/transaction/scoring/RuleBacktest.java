package dev.vedette.transaction.scoring;

import java.util.List;

/**
 * What a rule would have done.
 *
 * @param evaluated transactions looked at
 * @param isComplete whether these were all of the range
 * @param fired those it would have fired on
 * @param caught of them, those that were reviewed or declined anyway
 * @param hurt of them, those that were approved
 * @param missed reviewed or declined ones it would not have fired on
 * @param unknown those it could not answer on
 * @param examples a few it would have fired on, newest first
 */
public record RuleBacktest(
        long evaluated,
        boolean isComplete,
        long fired,
        long caught,
        long hurt,
        long missed,
        long unknown,
        List<StoredTransaction> examples) {}
