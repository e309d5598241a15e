package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.OpeningGate;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The last point of a series at or before a moment, as detection saw it then.
 *
 * @param at the moment asked for
 * @param plan how the series is judged
 * @param time of the point; empty when there is none
 * @param value of the point; NaN for a known gap, or when there is no point
 * @param step usual time between points; zero before the second
 * @param verdict numbers of the verdict on it
 * @param passed the gates that the point passes
 * @param warmAt when the first verdict is due; empty once there was one
 * @param anomaly the one that is open after the point
 * @param firesAbove the least value above the usual range at which an anomaly would have opened
 *     instead; empty where none would, one is open already, or the engine cannot tell
 * @param firesBelow the same below it
 */
public record JudgedMoment(
        Instant at,
        DetectionPlan plan,
        Optional<Instant> time,
        double value,
        Duration step,
        Numbers verdict,
        Set<OpeningGate> passed,
        Optional<Instant> warmAt,
        Optional<AnomalyResult> anomaly,
        OptionalDouble firesAbove,
        OptionalDouble firesBelow) {
    /**
     * What a verdict said.
     *
     * @param state of the detector
     * @param expected the value expected; NaN while warming up, as the next two
     * @param lower lower end of the usual range
     * @param upper upper end of the usual range
     * @param alarmScore in [0,1]
     * @param leastDeviation the least distance from the expected value that counts
     * @param pointsToWarm how many more points the detector wants; 0 once warm
     */
    public record Numbers(
            Verdict.State state,
            double expected,
            double lower,
            double upper,
            double alarmScore,
            double leastDeviation,
            int pointsToWarm) {
        static Numbers of(Verdict verdict, DetectionSettings settings) {
            return new Numbers(
                    verdict.state(),
                    verdict.expected(),
                    verdict.lower(),
                    verdict.upper(),
                    verdict.alarmScore(),
                    settings.leastDeviation(verdict.expected()),
                    verdict.pointsToWarm());
        }
    }

    /** Where a series stood at a moment. */
    public enum Standing {
        /** It had sent nothing in the days before. */
        NO_DATA,
        /** Its last point was long before. */
        SILENT,
        /** Its sender said that there is no value. */
        GAP,
        /** Too few points to judge. */
        WARMING_UP,
        /** An anomaly was open. */
        ANOMALY,
        /** Its value lay inside the usual range. */
        INSIDE_BAND,
        /** It left the range on a side that does not count. */
        OTHER_SIDE,
        /** It left the range by less than counts. */
        BELOW_GATE,
        /** It left the range, but so does it often enough. */
        BELOW_THRESHOLD;

        /** As the API names it. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The gates in the order in which a reader asks them. */
    public static final List<OpeningGate> GATES = List.of(OpeningGate.values());

    /** Where the series stood. */
    public Standing standing() {
        if (time.isEmpty()) {
            return Standing.NO_DATA;
        }
        if (Duration.between(time.get(), at).compareTo(longest()) > 0) {
            return Standing.SILENT;
        }
        if (Double.isNaN(value)) {
            return Standing.GAP;
        }
        if (verdict.state() != Verdict.State.JUDGED) {
            return Standing.WARMING_UP;
        }
        if (anomaly.isPresent()) {
            return Standing.ANOMALY;
        }
        return GATES.stream()
                .filter(gate -> !passed.contains(gate))
                .findFirst()
                .map(JudgedMoment::standing)
                .orElse(Standing.BELOW_THRESHOLD);
    }

    private static Standing standing(OpeningGate stopped) {
        return switch (stopped) {
            case BAND -> Standing.INSIDE_BAND;
            case SIDE -> Standing.OTHER_SIDE;
            case DEVIATION -> Standing.BELOW_GATE;
            case SCORE -> Standing.BELOW_THRESHOLD;
        };
    }

    /** How long after a point the next one may come without the series being silent. */
    private Duration longest() {
        Duration steps = step.multipliedBy(Absences.SILENT_STEPS);
        Duration least = Duration.ofMinutes(2);
        return steps.compareTo(least) > 0 ? steps : least;
    }

    /** How much of its band's half lies between the value and the nearer end, in [0,1]. */
    public double room() {
        double half = (verdict.upper() - verdict.lower()) / 2;
        double nearer = Math.min(value - verdict.lower(), verdict.upper() - value);
        return half > 0 ? Math.clamp(nearer / half, 0, 1) : 0;
    }
}
