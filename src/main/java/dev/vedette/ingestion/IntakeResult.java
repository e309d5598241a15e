package dev.vedette.ingestion;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a request. Every point sent is either accepted or rejected.
 *
 * @param accepted durable points, those replaced by a later one of the same time included
 * @param rejected refused points, and series refused without any
 * @param duplicates how many of the accepted were replaced within the request
 * @param gaps stretches without points noted inside the series
 * @param refusals the first refusals, in the order found
 * @param untold how many refusals are not among them
 * @param rejectedByReason rejected points by reason
 * @param allowance what the tenant may still send; empty when it was not asked
 */
public record IntakeResult(
        int accepted,
        int rejected,
        int duplicates,
        int gaps,
        List<Refusal> refusals,
        int untold,
        Map<RefusalReason, Integer> rejectedByReason,
        Optional<PointQuota.Allowance> allowance) {
    /** Whether there was something to store and nothing of it could be. */
    public boolean isRefused() {
        return accepted == 0 && rejected > 0;
    }
}
