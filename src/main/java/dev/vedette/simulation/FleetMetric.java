package dev.vedette.simulation;

import java.util.Locale;

/**
 * The metrics of a simulated node. All follow the load of their node, each in its own way, so that
 * they move together as those of a real one do.
 */
public enum FleetMetric {
    /** Share of the processors in use. */
    CPU_USAGE("percent", 2.2, 2.8, 100) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            return node.idleCpu() + 55 * node.weight() * load + noise(key, epochMillis);
        }
    },
    /** Memory in use; sized by what the node has. */
    MEMORY_USED("bytes", 0.004 * Size.GIB, 0.01 * Size.GIB, Double.POSITIVE_INFINITY) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            double slow = 0.008 * Noise.wander(Noise.split(key, 1), epochMillis, HALF_A_DAY);
            double used = Size.GIB * (0.55 + 0.12 * load + slow) + noise(key, epochMillis);
            return node.memoryGib() * used;
        }

        @Override
        double spread(FleetNode node) {
            return node.memoryGib() * super.spread(node);
        }
    },
    /** Share of the disk in use. */
    DISK_USAGE("percent", 0.12, 0.5, 100) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            double slow = 0.6 * Noise.wander(Noise.split(key, 1), epochMillis, THREE_DAYS);
            return 20 + 40 * node.weight() / 1.2 + slow + noise(key, epochMillis);
        }
    },
    /** Bytes read from disks. */
    DISK_READ("bytes/s", 0.4 * Size.MIB, 0.5 * Size.MIB, Double.POSITIVE_INFINITY) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            return Size.MIB * node.weight() * (4 + 8 * load) + noise(key, epochMillis);
        }
    },
    /** Bytes received. */
    NETWORK_IN("bytes/s", 0.6 * Size.MIB, 0.9 * Size.MIB, Double.POSITIVE_INFINITY) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            return Size.MIB * node.weight() * (8 + 20 * load) + noise(key, epochMillis);
        }
    },
    /** Requests answered. */
    REQUESTS("requests/s", 22, 36, Double.POSITIVE_INFINITY) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            return node.weight() * (300 + 900 * load) + noise(key, epochMillis);
        }
    },
    /** Requests answered with an error since the last point. */
    ERRORS("count", 2, 2.5, Double.POSITIVE_INFINITY) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            return Baseline.Bursty.count(
                    node.weight() * (4 + 3 * load), Noise.normal(key, epochMillis));
        }
    },
    /** The time 99 of 100 requests stay below. */
    P99_LATENCY("ms", 7, 8, Double.POSITIVE_INFINITY) {
        @Override
        double raw(FleetNode node, long key, long epochMillis, double load) {
            return node.latencyMillis() * (1 + 0.6 * load * load) + noise(key, epochMillis);
        }
    };

    private static final long HALF_A_DAY = DayCurve.DAY / 2;
    private static final long THREE_DAYS = 3 * DayCurve.DAY;

    /** Sizes in bytes. */
    private static final class Size {
        private static final double GIB = 1L << 30;
        private static final double MIB = 1L << 20;
    }

    private final String unit;
    private final double noise;
    private final double spread;
    private final double most;

    FleetMetric(String unit, double noise, double spread, double most) {
        this.unit = unit;
        this.noise = noise;
        this.spread = spread;
        this.most = most;
    }

    /** The unit of its values. */
    public String unit() {
        return unit;
    }

    /** Its name as it is sent: the name in lower case. */
    public String metricName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Standard deviation of what cannot be foretold from the time of day, noise and wandering, in
     * its unit: the measure by which anomalies are sized.
     */
    double spread(FleetNode node) {
        return spread;
    }

    abstract double raw(FleetNode node, long key, long epochMillis, double load);

    /** The value as an agent would send it: within what the unit allows, not too many digits. */
    double sent(double value) {
        double bounded = Math.min(Math.max(value, 0), most);
        return switch (unit) {
            case "percent" -> Math.rint(bounded * 100) / 100;
            case "ms", "requests/s" -> Math.rint(bounded * 10) / 10;
            default -> Math.rint(bounded);
        };
    }

    double noise(long key, long epochMillis) {
        return noise * Noise.normal(key, epochMillis);
    }
}
