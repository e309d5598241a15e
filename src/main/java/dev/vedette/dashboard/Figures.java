package dev.vedette.dashboard;

import dev.vedette.explanation.Unit;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the values of one series: one unit and one number of decimals for all of them, a thin
 * space between thousands, a true minus, the decimal point of the reader's language.
 *
 * @param divisor what a raw value is divided by to be in the unit, above 0
 * @param decimals digits after the point, 0 to 6
 * @param unit what stands after a number, such as "GiB" or "%"; empty for a bare number
 * @param point what stands before the decimals
 */
public record Figures(double divisor, int decimals, String unit, char point) {
    private static final char THIN_SPACE = '\u202f';
    private static final String MINUS = "\u2212";

    /** Bare numbers with two decimals, as scores have. */
    public static final Figures SCORE = new Figures(1, 2, "");

    /** Whole numbers. */
    public static final Figures COUNT = new Figures(1, 0, "");

    /** The same with a point before the decimals, until a language {@link #in says otherwise}. */
    public Figures(double divisor, int decimals, String unit) {
        this(divisor, decimals, unit, '.');
    }

    /** The same as that language writes them. */
    Figures in(Language language) {
        return new Figures(divisor, decimals, unit, language.point());
    }

    /**
     * How values up to that size are written.
     *
     * @param unit as the series was sent with ("percent", "bytes", "seconds", …)
     * @param largest largest size among the values shown, 0 or more
     */
    public static Figures of(Optional<String> unit, double largest) {
        return of(unit, largest, false);
    }

    /**
     * The same without decimals for things that are counted, if all values shown are whole numbers.
     */
    static Figures of(Optional<String> unit, double largest, boolean whole) {
        Unit sent = Unit.of(unit);
        Unit.Step step = sent.stepFor(largest);
        double size = largest / step.factor();
        boolean counted = whole && sent.limits().whole() && step.factor() == 1;
        int decimals =
                counted || size == 0 || !Double.isFinite(size)
                        ? 0
                        : Math.clamp(2 - (long) Math.floor(Math.log10(size)), 0, 5);
        return new Figures(step.factor(), decimals, step.symbol());
    }

    /** Digits after the point that a grid of that step needs. */
    static int decimalsOfStep(double step) {
        for (int decimals = 0; decimals < 6; decimals++) {
            double scaled = step * Math.pow(10, decimals);
            if (Math.abs(scaled - Math.rint(scaled)) < 1e-6 * Math.max(1, scaled)) {
                return decimals;
            }
        }
        return 6;
    }

    /** A raw value as a bare number. */
    public String number(double raw) {
        return plain(raw / divisor, decimals);
    }

    /** A raw value with its unit. */
    public String withUnit(double raw) {
        return number(raw) + suffix();
    }

    /** A usual range with its unit: "9.1–10.4 GiB", "−3 – 4" with spaces beside a minus. */
    public String range(double low, double high) {
        return bareRange(low, high) + suffix();
    }

    /** A usual range as bare numbers. */
    String bareRange(double low, double high) {
        return number(low) + (low < 0 ? " \u2013 " : "\u2013") + number(high);
    }

    /** The unit with a space before it, or nothing. */
    public String suffix() {
        return unit.isEmpty() ? "" : THIN_SPACE + unit;
    }

    /** A whole number with thin spaces between its thousands. */
    public static String whole(long count) {
        return COUNT.plain((double) count, 0);
    }

    /** A difference of scores with its sign, two decimals: "+0.62". */
    static String change(double difference, Language language) {
        double rounded = Math.rint(difference * 100) / 100;
        return (rounded > 0 ? "+" : rounded == 0 ? "\u00b1" : "")
                + SCORE.in(language).plain(rounded, 2);
    }

    String plain(double value, int digits) {
        String text = String.format(Locale.ROOT, "%,." + digits + "f", Math.abs(value));
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        String spaced = text.replace(',', THIN_SPACE).replace('.', point);
        return value < 0 && !zero ? MINUS + spaced : spaced;
    }
}
