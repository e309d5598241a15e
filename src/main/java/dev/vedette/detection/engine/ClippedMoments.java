package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * Mean and mean absolute deviation of a stream with exponential forgetting; what an outlier may
 * teach is clipped at {@value #CLIP} deviations, as in Huber's "Robust Estimation of a Location
 * Parameter" (Annals of Mathematical Statistics 1964).
 */
final class ClippedMoments {
    /** Size of its part of a snapshot. */
    static final int BYTES = 3 * Double.BYTES;

    static final double CLIP = 4;

    private static final int FREE_POINTS = 30;
    private static final double MOST = 1e6;

    private final double rate;
    private double points;
    private double mean;
    private double spread;

    /**
     * Nothing seen yet.
     *
     * @param memory how many points it remembers, about
     */
    ClippedMoments(double memory) {
        this.rate = 1 / memory;
    }

    /**
     * How many spreads the quantity lies above the mean; negative below it; 0 before the second.
     */
    double distance(double quantity) {
        double off = quantity - mean;
        return points < 2 || off == 0 ? 0 : Math.clamp(off / Math.max(spread, 1e-300), -MOST, MOST);
    }

    /** Takes the quantity, a finite number, into account. */
    void learn(double quantity) {
        double pace = Math.max(rate, 1 / (points + 1));
        double off = quantity - mean;
        if (points >= FREE_POINTS && spread > 0) {
            off = Math.clamp(off, -CLIP * spread, CLIP * spread);
        }
        mean += pace * off;
        spread += pace * (Math.abs(off) * (points == 0 ? 0 : 1) - spread);
        points++;
    }

    double mean() {
        return mean;
    }

    /** Mean absolute deviation. */
    double spread() {
        return spread;
    }

    void write(ByteBuffer out) {
        out.putDouble(points).putDouble(mean).putDouble(spread);
    }

    void read(ByteBuffer in) {
        points = in.getDouble();
        mean = in.getDouble();
        spread = in.getDouble();
    }
}
