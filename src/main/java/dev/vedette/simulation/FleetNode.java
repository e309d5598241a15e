package dev.vedette.simulation;

/**
 * A simulated node.
 *
 * @param clusterId its cluster
 * @param nodeId its name, unique in the cluster
 * @param key its stream of randomness
 * @param peakHour hour of UTC at which its load peaks
 */
record FleetNode(String clusterId, String nodeId, long key, double peakHour) {
    private static final long WANDER = 45 * 60_000L;
    private static final double WEEKEND = 0.6;

    /** Its share of the work, around 1. */
    double weight() {
        return 0.8 + 0.4 * Noise.uniform(key, -1);
    }

    /** Processor use without load, percent. */
    double idleCpu() {
        return 6 + 8 * Noise.uniform(key, -2);
    }

    /** Memory it has. */
    double memoryGib() {
        return 8 << Noise.below(3, key, -3);
    }

    /** 99th percentile of the response time without load. */
    double latencyMillis() {
        return 60 + 120 * Noise.uniform(key, -4);
    }

    /** How busy it is, around 0 to 1, common to all its metrics. */
    double loadAt(long epochMillis) {
        double day = DayCurve.at(epochMillis, peakHour);
        double week = DayCurve.isWeekend(epochMillis) ? WEEKEND : 1;
        double wander = 0.03 * Noise.wander(Noise.split(key, 1), epochMillis, WANDER);
        return Math.max(0, 0.05 + 0.9 * day * week + wander);
    }
}
