package dev.vedette.transaction.training;

/**
 * How much a model gives people to look at.
 *
 * @param decisions transactions it scored, 0 or more
 * @param alerts those of them whose score, rules left out, asks for a review
 */
public record AlertVolume(long decisions, long alerts) {
    /** No transactions yet. */
    public static final AlertVolume NONE = new AlertVolume(0, 0);

    /** Alerts per transaction, in [0,1]. */
    public double share() {
        return decisions == 0 ? 0 : (double) alerts / decisions;
    }
}
