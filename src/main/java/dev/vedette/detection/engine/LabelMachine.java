package dev.vedette.detection.engine;

/** Names what the anomaly looks like. */
final class LabelMachine {
    static final int SLOTS = 1;

    private LabelMachine() {}

    /** The kind at this point. */
    static AnomalyKind kind(double z, double u, double hour, double flat, double score) {
        if (score < 0.4) {
            return AnomalyKind.NORMAL;
        }
        if (flat >= 1) {
            return AnomalyKind.FLATLINE;
        }
        if (Math.abs(hour) > 2.5) {
            return AnomalyKind.LEVEL_SHIFT;
        }
        if (Math.abs(u) < 2 && Math.abs(z) > 3) {
            return AnomalyKind.SEASONAL;
        }
        return u > 0 ? AnomalyKind.SPIKE : AnomalyKind.DIP;
    }
}
