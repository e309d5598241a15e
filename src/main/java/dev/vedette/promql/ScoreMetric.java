package dev.vedette.promql;

import dev.vedette.detection.JudgedSeries;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Metrics this service makes of each series that a tenant sent. */
public enum ScoreMetric {
    /** How surprising each point was, in [0,1]. */
    ANOMALY_SCORE("Score of each point in [0,1]; the same score is the same rarity everywhere") {
        @Override
        double[] of(JudgedSeries judged) {
            double[] scores = new double[judged.size()];
            Arrays.setAll(scores, judged::strangest);
            return scores;
        }
    },
    /** What was expected. */
    ANOMALY_EXPECTED("Value that was expected, in the unit of the series") {
        @Override
        double[] of(JudgedSeries judged) {
            return judged.expected();
        }
    },
    /** The lower end of the usual range. */
    ANOMALY_LOWER("Lower end of the usual range, in the unit of the series") {
        @Override
        double[] of(JudgedSeries judged) {
            return judged.lower();
        }
    },
    /** The upper end of the usual range. */
    ANOMALY_UPPER("Upper end of the usual range, in the unit of the series") {
        @Override
        double[] of(JudgedSeries judged) {
            return judged.upper();
        }
    };

    private final String help;

    ScoreMetric(String help) {
        this.help = help;
    }

    /** The name of the metric. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is, in a sentence. */
    public String help() {
        return help;
    }

    /** The one of that name; empty when there is none. */
    static Optional<ScoreMetric> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** Its values, one per point; NaN while warming up. */
    abstract double[] of(JudgedSeries judged);
}
