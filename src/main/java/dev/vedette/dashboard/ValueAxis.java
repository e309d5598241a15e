package dev.vedette.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * The vertical axis of a drawing: values to pixels, with 3 to 5 ticks on round numbers.
 *
 * @param low value at the bottom
 * @param high value at the top, above {@code low}
 * @param top pixel of the top
 * @param bottom pixel of the bottom, below the top
 * @param step distance of two ticks, above 0
 */
record ValueAxis(double low, double high, double top, double bottom, double step) {
    /**
     * One line of the grid.
     *
     * @param y where, in pixels
     * @param text the round number
     */
    public record Tick(String y, String text) {}

    /**
     * An axis that holds all values from low to high, ends on round numbers.
     *
     * @param fromZero whether it must start at 0, as counts and shares do
     */
    static ValueAxis around(double low, double high, boolean fromZero, double top, double bottom) {
        double from = fromZero ? Math.min(0, low) : low;
        double to = high > from ? high : from + Math.max(1, Math.abs(from) * 0.1);
        double step = roundStep((to - from) / 3.5);
        double start = Math.floor(from / step + 1e-9) * step;
        double end = Math.ceil(to / step - 1e-9) * step;
        // An end that lies far above the data is cut half a step over it: a spike keeps its height.
        double cut = end - to > step * 0.6 ? to + step * 0.1 : end;
        return new ValueAxis(start, cut, top, bottom, step);
    }

    /** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below that. */
    static double roundStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (double digit : new double[] {1, 2, 2.5, 5}) {
            if (digit * power >= least * (1 - 1e-9)) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    /** The same axis for values of that many times the size: rounded in GiB, drawn in bytes. */
    ValueAxis times(double factor) {
        return new ValueAxis(low * factor, high * factor, top, bottom, step * factor);
    }

    /** The pixel of that value. */
    double y(double value) {
        return bottom - (value - low) / (high - low) * (bottom - top);
    }

    /** The grid, lowest first. */
    List<Tick> ticks(Figures figures) {
        List<Tick> ticks = new ArrayList<>();
        int decimals = Figures.decimalsOfStep(step / figures.divisor());
        for (int i = 0; low + i * step <= high + step * 1e-6; i++) {
            double value = low + i * step;
            ticks.add(
                    new Tick(
                            Svg.number(y(value)),
                            figures.plain(value / figures.divisor(), decimals)));
        }
        return ticks;
    }
}
