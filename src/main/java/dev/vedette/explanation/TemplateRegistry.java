package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;

/**
 * Which sentence tells of which anomaly: a template per kind and situation, and the ones for when
 * the numbers do not bear the kind's own sentence out. Immutable and thread-safe.
 */
public final class TemplateRegistry {
    /** From how many times the usual swing on a number is put to it. */
    private static final double WORTH_A_NUMBER = 1.5;

    private final Phrases phrases;

    /** The sentences of that language. */
    public TemplateRegistry(Phrases phrases) {
        this.phrases = phrases;
    }

    /**
     * The key of the sentence for that anomaly; there is one for every kind and situation.
     *
     * <p>Without a band nothing can be set against it; and a jump whose highest value lies inside
     * the band is no jump to a reader, so such anomalies get sentences of their own.
     */
    public String keyOf(AnomalyResult anomaly) {
        String situation = "." + Situation.of(anomaly).key();
        Band band = Band.of(anomaly);
        return switch (anomaly.kind()) {
            case FLATLINE, MISSING, JOINT, PEER -> anomaly.kind().label() + situation;
            case NORMAL -> "normal." + band.place(anomaly.observed());
            case VARIANCE ->
                    (isMuchWider(band, anomaly) ? "variance.wide" : "variance.changed") + situation;
            case TREND -> banded(band, anomaly, "trend" + direction(anomaly) + situation);
            case SPIKE, DIP -> banded(band, anomaly, excursion(band, anomaly) + situation);
            case LEVEL_SHIFT ->
                    banded(band, anomaly, "level_shift" + direction(anomaly) + situation);
            case SEASONAL -> banded(band, anomaly, "seasonal" + situation);
        };
    }

    /** The sentence of that key with the arguments filled in. */
    public String fill(String key, Object... arguments) {
        return phrases.say(key, arguments);
    }

    /** How many times the usual swing that value is away from the middle, in words up to nine. */
    String times(AnomalyResult anomaly) {
        long times = Math.round(Band.of(anomaly).halfWidths(anomaly.observed()));
        String key = "number." + times;
        return phrases.has(key) ? phrases.say(key) : Long.toString(times);
    }

    private static boolean isMuchWider(Band band, AnomalyResult anomaly) {
        double times = band.halfWidths(anomaly.observed());
        return times >= WORTH_A_NUMBER && Double.isFinite(times);
    }

    private static String banded(Band band, AnomalyResult anomaly, String key) {
        return switch (band.place(anomaly.observed())) {
            case "bandless" -> "bandless." + Situation.of(anomaly).key();
            case "inside" -> "inside." + Situation.of(anomaly).key();
            default -> key;
        };
    }

    /** The strongest value decides, not the kind: noise that swings may begin upwards. */
    private static String excursion(Band band, AnomalyResult anomaly) {
        return anomaly.observed() > band.upper() ? "spike" : "dip";
    }

    private static String direction(AnomalyResult anomaly) {
        return anomaly.observed() >= anomaly.expected() ? ".up" : ".down";
    }

    /** Whether the anomaly's kind is a slope that goes on. */
    static boolean isClimbing(AnomalyResult anomaly) {
        return anomaly.kind() == AnomalyKind.TREND && Situation.of(anomaly) == Situation.OPEN;
    }
}
