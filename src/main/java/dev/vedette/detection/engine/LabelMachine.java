package dev.vedette.detection.engine;

/** Names what the anomaly looks like. */
final class LabelMachine {
    static final int SLOTS = 1;

    private LabelMachine() {}

    /** The kind at this point. */
    static AnomalyKind kind(double[] d, double score) {
        double u = d[Evidence.LEVEL];
        if (score < 0.4) {
            return AnomalyKind.NORMAL;
        }
        if (d[Evidence.STUCK] > 0) {
            return AnomalyKind.FLATLINE;
        }
        if (Math.abs(d[Evidence.HOUR]) > 2.5) {
            return AnomalyKind.LEVEL_SHIFT;
        }
        if (Math.abs(u) < 2 && Math.abs(d[Evidence.SEASON]) > 3) {
            return AnomalyKind.SEASONAL;
        }
        return u > 0 ? AnomalyKind.SPIKE : AnomalyKind.DIP;
    }
}
