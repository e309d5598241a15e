package dev.vedette.simulation;

import java.util.List;
import java.util.Optional;

/**
 * A baseline with injected anomalies. Immutable and thread-safe.
 *
 * @param name unique in its set, fit for a file name
 * @param key its stream of randomness
 * @param baseline how it behaves when nothing is wrong
 * @param injections what is made wrong, oldest first; they do not overlap
 */
public record SimulatedSeries(
        String name, long key, Baseline baseline, List<Injection> injections) {
    /**
     * Copies and validates.
     *
     * @throws IllegalArgumentException when two injections overlap or are out of order
     */
    public SimulatedSeries {
        injections = List.copyOf(injections);
        for (int i = 1; i < injections.size(); i++) {
            if (injections.get(i).fromMillis() < injections.get(i - 1).toMillis()) {
                throw new IllegalArgumentException(
                        "injections must not overlap, are "
                                + injections.get(i - 1)
                                + " and "
                                + injections.get(i));
            }
        }
    }

    /** The value at that time; NaN when there is no point. */
    public double valueAt(long epochMillis) {
        return baseline.disturbed(key, epochMillis, injections);
    }

    /** The anomaly that covers that time. */
    public Optional<Injection> injectionAt(long epochMillis) {
        return injections.stream().filter(i -> i.covers(epochMillis)).findFirst();
    }
}
