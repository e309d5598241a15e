package dev.vedette.detection.threshold;

import java.util.Map;

/**
 * What holds for a series, and why.
 *
 * @param plan how it is judged
 * @param family the kind of metric it was taken for
 * @param origins where each field came from
 */
public record EffectiveSettings(
        DetectionPlan plan, MetricFamily family, Map<Field, Origin> origins) {
    /** Copies. */
    public EffectiveSettings {
        origins = Map.copyOf(origins);
    }

    /** What can be set. */
    public enum Field {
        /** The alarm score from which an anomaly opens, or the budget it stands for. */
        THRESHOLD,
        /** Which side of the usual range counts. */
        DIRECTION,
        /** Least distance that counts. */
        MIN_ABSOLUTE_DEVIATION,
        /** Least distance that counts, as a share. */
        MIN_RELATIVE_DEVIATION,
        /** The engine. */
        ENGINE
    }

    /** Where a field came from. */
    public sealed interface Origin {
        /** A rule of the tenant. */
        record Rule(String name) implements Origin {}

        /** What is safe for its family. */
        record FamilyDefault(MetricFamily family) implements Origin {}

        /** The configuration of the service. */
        record Service() implements Origin {}
    }
}
