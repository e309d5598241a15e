package dev.vedette.promql;

/**
 * What a series gained over a whole range, of which its samples cover only a part. As Prometheus
 * documents it: the gain between first and last sample is scaled up to the ends of the range, but
 * to an end that is further than 1.1 mean distances from the nearest sample only by half such a
 * distance, since the series seems to begin or end there; and a counter never to before it would
 * have been zero.
 */
final class Extrapolation {
    private static final double NEAR = 1.1;

    private Extrapolation() {}

    /**
     * The gain.
     *
     * @param isCounter whether a fall means that it began anew at zero
     * @return NaN with less than two samples
     */
    static double gain(RangeFunction.Window w, boolean isCounter) {
        if (w.size() < 2) {
            return Double.NaN;
        }
        double gain = w.last() - w.first() + (isCounter ? lostInResets(w) : 0);
        double covered = w.times()[w.to() - 1] - w.times()[w.from()];
        double between = covered / (w.size() - 1);
        double before = w.times()[w.from()] - w.start();
        double after = w.end() - w.times()[w.to() - 1];
        if (isCounter && gain > 0 && w.first() >= 0) {
            before = Math.min(before, covered * (w.first() / gain));
        }
        return gain * (covered + reach(before, between) + reach(after, between)) / covered;
    }

    private static double reach(double distance, double between) {
        return distance < NEAR * between ? distance : between / 2;
    }

    private static double lostInResets(RangeFunction.Window w) {
        double lost = 0;
        for (int i = w.from() + 1; i < w.to(); i++) {
            if (w.values()[i] < w.values()[i - 1]) {
                lost += w.values()[i - 1];
            }
        }
        return lost;
    }
}
