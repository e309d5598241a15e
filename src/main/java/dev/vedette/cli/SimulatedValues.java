package dev.vedette.cli;

import dev.vedette.simulation.Fleet;

/**
 * Values of the simulator as columns, for benchmarks that store them without a service.
 *
 * @param fleet whose
 */
record SimulatedValues(Fleet fleet) {
    /** How many different columns {@link #columns} makes. */
    static final int DISTINCT = 400;

    /**
     * So many values of the series at that index, so far apart. A sender that fell silent goes on
     * with its last value here: counts stay comparable.
     */
    double[] of(int index, long from, long stepMillis, int count) {
        double[] values = new double[count];
        fleet.fill(index % fleet.size(), from, stepMillis, values);
        double last = 0;
        for (int i = 0; i < count; i++) {
            last = Double.isNaN(values[i]) ? last : values[i];
            values[i] = last;
        }
        return values;
    }

    /** Values of {@value #DISTINCT} series. */
    double[][] columns(long from, long stepMillis, int count) {
        double[][] columns = new double[DISTINCT][];
        for (int i = 0; i < DISTINCT; i++) {
            columns[i] = of(i, from, stepMillis, count);
        }
        return columns;
    }
}
