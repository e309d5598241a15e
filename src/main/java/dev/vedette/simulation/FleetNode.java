package dev.vedette.simulation;

/** A simulated node: its name, its size and how busy it is. Immutable. */
final class FleetNode {
    private static final long WANDER = 45 * 60_000L;
    private static final double WEEKEND = 0.75;

    private final String clusterId;
    private final String nodeId;
    private final double peakHour;
    private final long loadKey;
    private final long[] metricKeys = new long[FleetMetric.values().length];
    private final double weight;
    private final double idleCpu;
    private final double memoryGib;
    private final double latencyMillis;

    /**
     * A node of that stream of randomness.
     *
     * @param peakHour hour of UTC at which its load peaks
     */
    FleetNode(String clusterId, String nodeId, long key, double peakHour) {
        this.clusterId = clusterId;
        this.nodeId = nodeId;
        this.peakHour = peakHour;
        this.loadKey = Noise.split(key, 1);
        for (int metric = 0; metric < metricKeys.length; metric++) {
            metricKeys[metric] = Noise.split(key, 2 + metric);
        }
        this.weight = 0.8 + 0.4 * Noise.uniform(key, -1);
        this.idleCpu = 6 + 8 * Noise.uniform(key, -2);
        this.memoryGib = 8 << Noise.below(3, key, -3);
        this.latencyMillis = 60 + 120 * Noise.uniform(key, -4);
    }

    String clusterId() {
        return clusterId;
    }

    String nodeId() {
        return nodeId;
    }

    /** The stream of randomness of its metric of that index. */
    long metricKey(int metric) {
        return metricKeys[metric];
    }

    /** Its share of the work, around 1. */
    double weight() {
        return weight;
    }

    /** Processor use without load, percent. */
    double idleCpu() {
        return idleCpu;
    }

    /** Memory it has. */
    double memoryGib() {
        return memoryGib;
    }

    /** 99th percentile of the response time without load. */
    double latencyMillis() {
        return latencyMillis;
    }

    /** How busy it is, around 0 to 1, common to all its metrics. */
    double loadAt(long epochMillis) {
        double day = DayCurve.at(epochMillis, peakHour);
        double week = 1 - (1 - WEEKEND) * DayCurve.weekend(epochMillis);
        double wander = 0.03 * Noise.wander(loadKey, epochMillis, WANDER);
        return Math.max(0, 0.05 + 0.9 * day * week + wander);
    }
}
