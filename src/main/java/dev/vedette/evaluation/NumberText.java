package dev.vedette.evaluation;

/**
 * Writes numbers fast: {@code Double.toString} would take longer than the detection itself. Figures
 * are rounded to six decimals; very small and very large ones fall back to the JDK.
 */
final class NumberText {
    private static final double SCALE = 1e6;
    private static final int DECIMALS = 6;
    private static final double LEAST = 1e-3;
    private static final double MOST = 1e12;

    private NumberText() {}

    /** Appends the number, without trailing zeros; nothing for NaN. */
    static void append(StringBuilder out, double number) {
        if (Double.isNaN(number)) {
            return;
        }
        double size = Math.abs(number);
        if (size >= MOST || (size < LEAST && size != 0)) {
            out.append(number);
            return;
        }
        fixed(out, number < 0, Math.round(size * SCALE));
    }

    /** Appends a score in [0,1] with up to six decimals. */
    static void appendScore(StringBuilder out, double score) {
        fixed(out, false, Math.round(score * SCALE));
    }

    private static void fixed(StringBuilder out, boolean negative, long scaled) {
        if (negative && scaled != 0) {
            out.append('-');
        }
        long whole = scaled / (long) SCALE;
        int rest = (int) (scaled - whole * (long) SCALE);
        out.append(whole);
        if (rest == 0) {
            return;
        }
        out.append('.');
        int digits = DECIMALS;
        while (rest % 10 == 0) {
            rest /= 10;
            digits--;
        }
        int first = out.length();
        for (int i = 0; i < digits; i++) {
            out.append('0');
        }
        for (int i = first + digits - 1; rest > 0; i--) {
            out.setCharAt(i, (char) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
