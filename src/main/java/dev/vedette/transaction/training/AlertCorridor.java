package dev.vedette.transaction.training;

/**
 * How many alerts a model may raise before it is taken for broken: its share of alerts in the
 * trial, up to so many times more or less, plus what chance allows of the number seen.
 *
 * @param least share of transactions, in [0,1]
 * @param most share of transactions, not below {@code least}
 */
public record AlertCorridor(double least, double most) {
    /**
     * A model that stays inside is rolled back by chance once in about 30 000 looks at a border.
     */
    private static final double SIGMAS = 4;

    /** A trial too small to raise alerts does not forbid them. */
    private static final double LEAST_MOST = 0.02;

    /**
     * The corridor around a trial.
     *
     * @param trial share of alerts there, in [0,1]
     * @param factor how many times more or less is allowed, 1 or more
     */
    static AlertCorridor around(double trial, double factor) {
        return new AlertCorridor(trial / factor, Math.min(1, Math.max(LEAST_MOST, trial * factor)));
    }

    /** Whether what was seen is more, or less, than the corridor and chance allow. */
    public boolean isLeftBy(AlertVolume seen) {
        return seen.alerts() > expected(most, seen) + chance(most, seen)
                || seen.alerts() < expected(least, seen) - chance(least, seen);
    }

    private static double expected(double share, AlertVolume seen) {
        return share * seen.decisions();
    }

    private static double chance(double share, AlertVolume seen) {
        return SIGMAS * Math.sqrt(seen.decisions() * share * (1 - share));
    }
}
