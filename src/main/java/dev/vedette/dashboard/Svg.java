package dev.vedette.dashboard;

/** Writes numbers and paths for SVG attributes. */
final class Svg {
    /** Horizontal units of a path: the whole width of its plot. */
    static final double WIDTH = 1000;

    private Svg() {}

    /** A share in [0,1] as a percentage attribute with two decimals. */
    static String percent(double share) {
        return trimmed(share * 100, 2) + "%";
    }

    /** A coordinate with one decimal. */
    static String number(double value) {
        return trimmed(value, 1);
    }

    private static String trimmed(double value, int decimals) {
        long parts = decimals == 1 ? 10 : 100;
        long scaled = Math.round(Math.abs(value) * parts);
        StringBuilder text = new StringBuilder();
        if (value < 0 && scaled > 0) {
            text.append('-');
        }
        text.append(scaled / parts);
        long rest = scaled % parts;
        if (rest > 0) {
            boolean isShort = rest % 10 == 0;
            String digits = Long.toString(isShort ? (parts + rest) / 10 : parts + rest);
            text.append('.').append(digits, 1, digits.length());
        }
        return text.toString();
    }

    /** The data of one SVG path, built stroke by stroke. Not thread-safe. */
    static final class Path {
        private final StringBuilder data = new StringBuilder();
        private boolean down;

        /** Lifts the pen: the next point starts a new stroke. */
        Path lift() {
            down = false;
            return this;
        }

        /** Draws to that place, or moves there when the pen is up. */
        Path to(double x, double y) {
            data.append(down ? 'L' : 'M').append(number(x)).append(' ').append(number(y));
            down = true;
            return this;
        }

        /** Closes the shape and lifts the pen. */
        Path close() {
            if (down) {
                data.append('Z');
            }
            down = false;
            return this;
        }

        @Override
        public String toString() {
            return data.toString();
        }
    }
}
