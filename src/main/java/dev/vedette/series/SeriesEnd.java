package dev.vedette.series;

/**
 * The point that says "this series ended here": its sender knows that no more will follow, as after
 * a target was taken away. It has a place in the log and in blocks like a known gap, which it also
 * is; so what looks for series that went silent by themselves can leave those that ended alone.
 *
 * <p>The value is the staleness marker of Prometheus, a NaN of its own bits (prometheus/prometheus,
 * model/value/value.go, {@code StaleNaN}). Ask by {@link #is}: comparing doubles cannot tell one
 * NaN from another.
 */
public final class SeriesEnd {
    private static final long BITS = 0x7ff0000000000002L;

    /** The value of the point. */
    public static final double VALUE = Double.longBitsToDouble(BITS);

    private SeriesEnd() {}

    /** Whether a point of that value ends its series. */
    public static boolean is(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}
