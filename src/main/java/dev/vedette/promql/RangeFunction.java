package dev.vedette.promql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Functions of the samples of one series within a range. */
public enum RangeFunction {
    /** Arithmetic mean. */
    AVG_OVER_TIME {
        @Override
        double of(Window w) {
            return w.sum() / w.size();
        }
    },
    /** Smallest value. */
    MIN_OVER_TIME {
        @Override
        double of(Window w) {
            return Arrays.stream(w.values(), w.from(), w.to()).min().orElse(Double.NaN);
        }
    },
    /** Largest value. */
    MAX_OVER_TIME {
        @Override
        double of(Window w) {
            return Arrays.stream(w.values(), w.from(), w.to()).max().orElse(Double.NaN);
        }
    },
    /** Sum of the values. */
    SUM_OVER_TIME {
        @Override
        double of(Window w) {
            return w.sum();
        }
    },
    /** How many samples. */
    COUNT_OVER_TIME {
        @Override
        double of(Window w) {
            return w.size();
        }
    },
    /** Newest value. */
    LAST_OVER_TIME {
        @Override
        double of(Window w) {
            return w.last();
        }
    },
    /** Standard deviation of the whole. */
    STDDEV_OVER_TIME {
        @Override
        double of(Window w) {
            double mean = w.sum() / w.size();
            double squares = 0;
            for (int i = w.from(); i < w.to(); i++) {
                squares += (w.values()[i] - mean) * (w.values()[i] - mean);
            }
            return Math.sqrt(squares / w.size());
        }
    },
    /** What a counter gained per second. */
    RATE {
        @Override
        double of(Window w) {
            return Extrapolation.gain(w, true) / w.seconds();
        }
    },
    /** What a counter gained. */
    INCREASE {
        @Override
        double of(Window w) {
            return Extrapolation.gain(w, true);
        }
    },
    /** What a gauge gained, or lost. */
    DELTA {
        @Override
        double of(Window w) {
            return Extrapolation.gain(w, false);
        }
    },
    /** What a counter gained per second between its last two samples. */
    IRATE {
        @Override
        double of(Window w) {
            if (w.size() < 2) {
                return Double.NaN;
            }
            int at = w.to() - 1;
            double before = w.values()[at - 1];
            // a counter that fell began anew at zero
            double gain = w.last() < before ? w.last() : w.last() - before;
            return 1000 * gain / (w.times()[at] - w.times()[at - 1]);
        }
    };

    /**
     * The samples of one range: those of the columns from {@code from} to before {@code to}.
     *
     * @param times milliseconds since 1970-01-01T00:00Z, increasing
     * @param values aligned with them, none NaN
     * @param start of the range, exclusive
     * @param end of the range, inclusive
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
    record Window(long[] times, double[] values, int from, int to, long start, long end) {
        int size() {
            return to - from;
        }

        double first() {
            return values[from];
        }

        double last() {
            return values[to - 1];
        }

        double sum() {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += values[i];
            }
            return sum;
        }

        double seconds() {
            return (end - start) / 1000.0;
        }
    }

    /** The one of that name; empty when there is none. */
    static Optional<RangeFunction> of(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** Whether the value is still one of the metric itself. */
    boolean keepsName() {
        return this == LAST_OVER_TIME;
    }

    /**
     * Its value.
     *
     * @param w with at least one sample
     * @return NaN when there are too few
     */
    abstract double of(Window w);
}
