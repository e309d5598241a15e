package dev.vedette.promql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How values of several series at one moment become one, or fewer. */
public enum Aggregation {
    /** Sum. */
    SUM {
        @Override
        double of(double[] values, int count) {
            return Arrays.stream(values, 0, count).sum();
        }
    },
    /** Arithmetic mean. */
    AVG {
        @Override
        double of(double[] values, int count) {
            return SUM.of(values, count) / count;
        }
    },
    /** Smallest. */
    MIN {
        @Override
        double of(double[] values, int count) {
            return Arrays.stream(values, 0, count).min().orElse(Double.NaN);
        }
    },
    /** Largest. */
    MAX {
        @Override
        double of(double[] values, int count) {
            return Arrays.stream(values, 0, count).max().orElse(Double.NaN);
        }
    },
    /** How many. */
    COUNT {
        @Override
        double of(double[] values, int count) {
            return count;
        }
    },
    /** Standard deviation of the whole. */
    STDDEV {
        @Override
        double of(double[] values, int count) {
            double mean = AVG.of(values, count);
            double squares =
                    Arrays.stream(values, 0, count).map(v -> (v - mean) * (v - mean)).sum();
            return Math.sqrt(squares / count);
        }
    },
    /** 1 where there is any. */
    GROUP {
        @Override
        double of(double[] values, int count) {
            return 1;
        }
    },
    /** The so many largest, which stay series of their own. */
    TOPK,
    /** The so many smallest, which stay series of their own. */
    BOTTOMK;

    /** The one of that name; empty when there is none. */
    static Optional<Aggregation> of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Whether it keeps some series as they are. */
    boolean isChoice() {
        return this == TOPK || this == BOTTOMK;
    }

    /**
     * The value of several; not of choices.
     *
     * @param values the first {@code count} of them; may be reordered
     * @param count at least 1
     */
    double of(double[] values, int count) {
        throw new IllegalStateException(this + " chooses series");
    }
}
